//! wasi:http/incoming-handler: GET / hello; ANY /echo JSON of the request; GET /fetch?host=H&path=P outbound; GET /slow streamed body.
use std::io::{Read, Write};
use wasip2::http::outgoing_handler;
use wasip2::http::types::*;
wasip2::http::proxy::export!(Component);
struct Component;

fn read_body(body: IncomingBody) -> Vec<u8> {
    let mut all = Vec::new();
    let mut s = body.stream().expect("stream");
    s.read_to_end(&mut all).expect("read");
    drop(s);
    IncomingBody::finish(body);
    all
}
fn respond(out: ResponseOutparam, status: u16, ctype: &str, body: &[u8]) {
    let f = Fields::new();
    f.append("content-type", ctype.as_bytes()).unwrap();
    f.append("content-length", body.len().to_string().as_bytes())
        .unwrap();
    let r = OutgoingResponse::new(f);
    r.set_status_code(status).unwrap();
    let b = r.body().unwrap();
    ResponseOutparam::set(out, Ok(r));
    let mut s = b.write().unwrap();
    s.write_all(body).unwrap();
    s.flush().unwrap();
    drop(s);
    OutgoingBody::finish(b, None).unwrap();
}
fn method(m: &Method) -> String {
    match m {
        Method::Other(s) => s.clone(),
        m => format!("{m:?}")
            .trim_start_matches("Method::")
            .to_ascii_uppercase(),
    }
}
fn fetch(host: &str, path: &str) -> Result<(u16, Vec<u8>), String> {
    let f = Fields::new();
    f.append("user-agent", b"http-hello/0.1")
        .map_err(|e| format!("{e:?}"))?;
    let req = OutgoingRequest::new(f);
    req.set_method(&Method::Get).unwrap();
    req.set_scheme(Some(&Scheme::Http)).unwrap();
    req.set_authority(Some(host))
        .map_err(|_| "bad authority".to_string())?;
    req.set_path_with_query(Some(path))
        .map_err(|_| "bad path".to_string())?;
    let fut = outgoing_handler::handle(req, None).map_err(|e| format!("{e:?}"))?;
    fut.subscribe().block();
    let resp = fut.get().unwrap().unwrap().map_err(|e| format!("{e:?}"))?;
    let status = resp.status();
    let body = read_body(resp.consume().unwrap());
    Ok((status, body))
}
impl wasip2::exports::http::incoming_handler::Guest for Component {
    fn handle(req: IncomingRequest, out: ResponseOutparam) {
        let pq = req.path_with_query().unwrap_or_default();
        let (path, query) = pq.split_once('?').unwrap_or((&pq, ""));
        match path {
            "/" => respond(out, 200, "text/plain", b"hello from rust\n"),
            "/echo" => {
                let mut headers: Vec<(String, String)> = req
                    .headers()
                    .entries()
                    .into_iter()
                    .map(|(k, v)| (k, String::from_utf8_lossy(&v).into_owned()))
                    .collect();
                headers.sort();
                let body = read_body(req.consume().unwrap());
                let json = serde_json::json!({
                    "method": method(&req.method()), "path": path, "query": query,
                    "authority": req.authority(),
                    "headers": headers.into_iter().filter(|(k, _)| k.starts_with("x-") || k == "content-type").collect::<Vec<_>>(),
                    "json": serde_json::from_slice::<serde_json::Value>(&body).ok(),
                    "bytes": body.len(),
                });
                respond(out, 200, "application/json", json.to_string().as_bytes());
            }
            "/fetch" => {
                let get = |k: &str| {
                    query
                        .split('&')
                        .filter_map(|p| p.split_once('='))
                        .find(|(n, _)| *n == k)
                        .map(|(_, v)| v.to_string())
                };
                match fetch(&get("host").unwrap_or_default(), &get("path").unwrap_or("/".into())) {
                    Ok((s, b)) => respond(out, 200, "application/json", serde_json::json!({"status": s, "bytes": b.len(), "text": String::from_utf8_lossy(&b)}).to_string().as_bytes()),
                    Err(e) => respond(out, 502, "text/plain", e.as_bytes()),
                }
            }
            "/slow" => {
                let r = OutgoingResponse::new(Fields::new());
                let b = r.body().unwrap();
                ResponseOutparam::set(out, Ok(r));
                let s = b.write().unwrap();
                for i in 0..5 {
                    s.blocking_write_and_flush(format!("chunk {i}\n").as_bytes())
                        .unwrap();
                    wasip2::clocks::monotonic_clock::subscribe_duration(20_000_000).block();
                }
                drop(s);
                let t = Fields::new();
                t.append("x-chunks", b"5").unwrap();
                OutgoingBody::finish(b, Some(t)).unwrap();
            }
            _ => respond(out, 404, "text/plain", b"not found\n"),
        }
    }
}
