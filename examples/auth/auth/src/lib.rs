//! Lets in who knows the token, and answers 401 to all others. What it hands on is the very request, and the right to answer it.
wit_bindgen::generate!({ path: "../wit", world: "middleware", generate_all });

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::incoming_handler;
use wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};

/// Chosen when it is built: see build.sh.
const TOKEN: &str = match option_env!("TOKEN") {
    Some(token) => token,
    None => "let-me-in",
};

struct Auth;

impl Guest for Auth {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let wanted = format!("Bearer {TOKEN}");
        let known = request.headers().get("authorization").iter().any(|value| value == wanted.as_bytes());
        if known {
            return incoming_handler::handle(request, out);
        }
        let headers = Fields::from_list(&[("www-authenticate".to_string(), b"Bearer".to_vec())]).unwrap();
        let response = OutgoingResponse::new(headers);
        response.set_status_code(401).unwrap();
        let body = response.body().unwrap();
        ResponseOutparam::set(out, Ok(response));
        let stream = body.write().unwrap();
        stream.blocking_write_and_flush(b"who goes there?\n").unwrap();
        drop(stream);
        OutgoingBody::finish(body, None).unwrap();
    }
}

export!(Auth);
