//! POST /pay {"id","amount","currency"} -> the banking service, imported from another component, decides. GET /books walks the resource API.
use std::io::{Read, Write};
use wasip2::http::types::*;
wit_bindgen::generate!({ path: "../wit/teller", world: "imports", generate_all });
use cyber::finance::{ledger, processor};
wasip2::http::proxy::export!(Component);
struct Component;
fn respond(out: ResponseOutparam, status: u16, body: String) {
    let r = OutgoingResponse::new(Fields::from_list(&[("content-type".to_string(), b"application/json".to_vec())]).unwrap());
    r.set_status_code(status).unwrap();
    let b = r.body().unwrap();
    ResponseOutparam::set(out, Ok(r));
    let mut s = b.write().unwrap();
    s.write_all(body.as_bytes()).unwrap();
    s.flush().unwrap();
    drop(s);
    OutgoingBody::finish(b, None).unwrap();
}
fn word(s: &processor::Status) -> String { match s { processor::Status::Approved => "approved".into(), processor::Status::Rejected(w) => format!("rejected: {w}") } }
fn tx(id: &str, amount: u32, currency: &str) -> processor::Transaction { processor::Transaction { id: id.into(), amount, currency: currency.into() } }
fn books() -> serde_json::Value {
    let a = ledger::Book::new("alpha", ledger::Checks::LIMIT | ledger::Checks::CURRENCY | ledger::Checks::DUPLICATE);
    let b = ledger::Book::new("beta", ledger::Checks::empty());
    let empty = format!("{:?}", a.balance("EUR"));
    let posted: Vec<String> = [("1", 10, "EUR"), ("2", 20_000, "EUR"), ("1", 5, "EUR"), ("3", 7, "euros"), ("4", 32, "EUR")]
        .iter().map(|(i, n, c)| word(&a.post(&tx(i, *n, c)))).collect();
    b.post(&tx("5", 100, "EUR")); b.post(&tx("6", 9, "\u{20BF}\u{20BF}\u{20BF}"));
    let open_before = ledger::open_books();
    let merged = ledger::Book::merge(&a, b);
    let hist: Vec<_> = a.history(ledger::Order::NewestFirst, Some(3)).into_iter()
        .map(|e| serde_json::json!({"id": e.tx.id, "cur": e.tx.currency, "out": word(&e.outcome), "bal": e.balance_after, "weight": e.weight, "mark": e.mark.to_string()})).collect();
    serde_json::json!({"owner": a.owner(), "empty": empty, "posted": posted, "eur": format!("{:?}", a.balance("EUR")), "usd": format!("{:?}", a.balance("USD")),
        "open-before": open_before, "open-after": ledger::open_books(), "merged": format!("{merged:?}"), "history": hist, "all": a.history(ledger::Order::OldestFirst, None).len()})
}
impl wasip2::exports::http::incoming_handler::Guest for Component {
    fn handle(req: IncomingRequest, out: ResponseOutparam) {
        let path = req.path_with_query().unwrap_or_default();
        match (req.method(), path.as_str()) {
            (Method::Post, "/pay") => {
                let body = req.consume().unwrap();
                let mut s = body.stream().unwrap();
                let mut text = String::new();
                s.read_to_string(&mut text).unwrap();
                drop(s);
                let v: serde_json::Value = match serde_json::from_str(&text) { Ok(v) => v, Err(e) => return respond(out, 400, format!("{{\"error\":\"{e}\"}}")) };
                let list = match v { serde_json::Value::Array(a) => a, one => vec![one] };
                let txs: Vec<_> = list.iter().map(|v| tx(v["id"].as_str().unwrap_or(""), v["amount"].as_u64().unwrap_or(0) as u32, v["currency"].as_str().unwrap_or(""))).collect();
                let got: Vec<String> = if txs.len() == 1 { vec![word(&processor::process(&txs[0]))] } else { processor::process_all(&txs).iter().map(word).collect() };
                respond(out, 200, serde_json::json!({"outcomes": got}).to_string());
            }
            (Method::Get, "/books") => respond(out, 200, books().to_string()),
            _ => respond(out, 404, "{}".into()),
        }
    }
}
