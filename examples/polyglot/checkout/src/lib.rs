//! Reads an order like `2 tea, 1 cake`, has it added up, and writes the bill.
wit_bindgen::generate!({ path: "../wit", world: "checkout" });

use demo::shop::orders::{self, Line, Refusal};

struct Checkout;

impl Guest for Checkout {
    fn checkout(wanted: String) -> String {
        let lines: Vec<Line> = wanted
            .split(',')
            .filter_map(|part| part.trim().split_once(' '))
            .map(|(count, item)| Line { item: item.to_string(), count: count.parse().unwrap_or(0) })
            .collect();
        match orders::total(&lines) {
            Ok(bill) => {
                let each: Vec<String> = bill.lines.iter().map(|(item, cents)| format!("{item} {}", money(*cents))).collect();
                format!("{}: {}", each.join(", "), money(bill.total))
            }
            Err(Refusal::UnknownItem(item)) => format!("nobody sells {item}"),
            Err(Refusal::TooMany(most)) => format!("no more than {most} of a kind"),
            Err(Refusal::Empty) => "nothing was ordered".to_string(),
        }
    }
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

export!(Checkout);
