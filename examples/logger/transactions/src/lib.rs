//! Decides about the amounts that it is given as arguments, and writes each decision to its standard output. It knows of no logger.
use wasip2::cli::{environment, stdout};

struct Transactions;

impl wasip2::exports::cli::run::Guest for Transactions {
    fn run() -> Result<(), ()> {
        let out = stdout::get_stdout();
        for (number, argument) in environment::get_arguments().iter().skip(1).enumerate() {
            let verdict = match argument.parse::<u64>() {
                Ok(amount) if amount > 10_000 => "rejected",
                Ok(_) => "approved",
                Err(_) => "not an amount",
            };
            // a line in two writes: who catches it puts it together again
            let begin = format!("transaction {}: ", number + 1);
            let end = format!("{argument} {verdict}\n");
            out.blocking_write_and_flush(begin.as_bytes()).map_err(|_| ())?;
            out.blocking_write_and_flush(end.as_bytes()).map_err(|_| ())?;
        }
        Ok(())
    }
}

wasip2::cli::command::export!(Transactions);
