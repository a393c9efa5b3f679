wit_bindgen::generate!({ path: "../wit/finance", world: "banking-service" });
use exports::cyber::finance::ledger::{self, Checks, Entry, Failure, Order};
use exports::cyber::finance::processor::{self, Status, Transaction};
use std::cell::{Cell, RefCell};

struct Component;
thread_local! { static OPEN: Cell<u32> = const { Cell::new(0) }; }

fn judge(tx: &Transaction) -> Status {
    if tx.amount > 10_000 { Status::Rejected("Limit exceeded".to_string()) } else { Status::Approved }
}

impl processor::Guest for Component {
    fn process(tx: Transaction) -> Status { judge(&tx) }
    fn process_all(txs: Vec<Transaction>) -> Vec<Status> { txs.iter().map(judge).collect() }
}

pub struct Book { owner: String, checks: Checks, rows: RefCell<Vec<Entry>> }
impl Drop for Book { fn drop(&mut self) { OPEN.with(|o| o.set(o.get() - 1)); } }

impl ledger::GuestBook for Book {
    fn new(owner: String, checks: Checks) -> Self {
        OPEN.with(|o| o.set(o.get() + 1));
        Book { owner, checks, rows: RefCell::new(Vec::new()) }
    }
    fn owner(&self) -> String { self.owner.clone() }
    fn post(&self, tx: Transaction) -> Status {
        let mut rows = self.rows.borrow_mut();
        let outcome = if self.checks.contains(Checks::LIMIT) && tx.amount > 10_000 {
            Status::Rejected("Limit exceeded".into())
        } else if self.checks.contains(Checks::CURRENCY) && tx.currency.chars().count() != 3 {
            Status::Rejected(format!("Not a currency: {}", tx.currency))
        } else if self.checks.contains(Checks::DUPLICATE) && rows.iter().any(|e| e.tx.id == tx.id) {
            Status::Rejected(format!("Seen before: {}", tx.id))
        } else { Status::Approved };
        let before: i64 = rows.iter().filter(|e| e.tx.currency == tx.currency).filter_map(|e| matches!(e.outcome, Status::Approved).then_some(e.tx.amount as i64)).sum();
        let ok = matches!(outcome, Status::Approved);
        let entry = Entry {
            balance_after: ok.then_some(before + tx.amount as i64),
            weight: tx.amount as f64 / 3.0,
            mark: if ok { '\u{2714}' } else { '\u{1F6AB}' },
            outcome: match &outcome { Status::Approved => Status::Approved, Status::Rejected(s) => Status::Rejected(s.clone()) },
            tx,
        };
        rows.push(entry);
        outcome
    }
    fn balance(&self, currency: String) -> Result<i64, Failure> {
        let rows = self.rows.borrow();
        if rows.is_empty() { return Err(Failure::Empty); }
        if rows.len() > 1000 { return Err(Failure::TooMany((rows.len() as u32, 1000))); }
        rows.iter().rev().find(|e| e.tx.currency == currency && e.balance_after.is_some())
            .and_then(|e| e.balance_after).ok_or(Failure::UnknownCurrency(currency))
    }
    fn history(&self, order: Order, limit: Option<u8>) -> Vec<Entry> {
        let mut all: Vec<Entry> = self.rows.borrow().to_vec();
        if matches!(order, Order::NewestFirst) { all.reverse(); }
        if let Some(n) = limit { all.truncate(n as usize); }
        all
    }
    fn merge(into: ledger::BookBorrow<'_>, from: ledger::Book) -> Result<u32, Failure> {
        let from: Book = from.into_inner();
        let rows: Vec<Entry> = from.rows.borrow().to_vec();
        if rows.is_empty() { return Err(Failure::Empty); }
        let target = into.get::<Book>();
        for e in &rows { target.post(e.tx.clone()); }
        Ok(rows.len() as u32)
    }
}
impl ledger::Guest for Component {
    type Book = Book;
    fn open_books() -> u32 { OPEN.with(|o| o.get()) }
}
export!(Component);
