//! A standard output that numbers what is written to it, line by line, and hands it on to its own.
use std::cell::{Cell, RefCell};

wit_bindgen::generate!({ path: "../wit", world: "logger", generate_all });

use exports::wasi::cli::stdout::Guest as Stdout;
use exports::wasi::io::error::{Guest as Errors, GuestError};
use exports::wasi::io::poll::{Guest as Polls, GuestPollable, Pollable, PollableBorrow};
use exports::wasi::io::streams::{
    Guest as Streams, GuestInputStream, GuestOutputStream, InputStreamBorrow, OutputStream, StreamError,
};
use exports::wasi::logging::logging::{Guest as Logging, Level};

const PERMIT: u64 = 4096;

thread_local! {
    static LINES: Cell<u32> = const { Cell::new(0) };
    static BEGUN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn record(source: &str, line: &str) {
    LINES.set(LINES.get() + 1);
    let text = format!("[{}] {source}: {line}\n", LINES.get());
    let out = wasi::cli::stdout::get_stdout();
    for piece in text.as_bytes().chunks(4096) {
        out.blocking_write_and_flush(piece).expect("the host takes what is logged");
    }
}

fn write(bytes: &[u8]) {
    for byte in bytes {
        if *byte == b'\n' {
            let line = BEGUN.take();
            record("stdout", &String::from_utf8_lossy(&line));
        } else {
            BEGUN.with_borrow_mut(|begun| begun.push(*byte));
        }
    }
}

struct Logger;

impl Logging for Logger {
    fn log(level: Level, context: String, message: String) {
        let level = match level {
            Level::Trace => "trace",
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
            Level::Critical => "critical",
        };
        record(&format!("{context} {level}"), &message);
    }
}

impl Stdout for Logger {
    fn get_stdout() -> OutputStream {
        OutputStream::new(Out)
    }
}

struct Out;

impl GuestOutputStream for Out {
    fn check_write(&self) -> Result<u64, StreamError> {
        Ok(PERMIT)
    }
    fn write(&self, contents: Vec<u8>) -> Result<(), StreamError> {
        write(&contents);
        Ok(())
    }
    fn blocking_write_and_flush(&self, contents: Vec<u8>) -> Result<(), StreamError> {
        write(&contents);
        Ok(())
    }
    fn flush(&self) -> Result<(), StreamError> {
        Ok(())
    }
    fn blocking_flush(&self) -> Result<(), StreamError> {
        Ok(())
    }
    fn subscribe(&self) -> Pollable {
        Pollable::new(Ready)
    }
    fn write_zeroes(&self, len: u64) -> Result<(), StreamError> {
        write(&vec![0; len.min(PERMIT) as usize]);
        Ok(())
    }
    fn blocking_write_zeroes_and_flush(&self, len: u64) -> Result<(), StreamError> {
        self.write_zeroes(len)
    }
    fn splice(&self, _src: InputStreamBorrow<'_>, _len: u64) -> Result<u64, StreamError> {
        Err(StreamError::Closed)
    }
    fn blocking_splice(&self, _src: InputStreamBorrow<'_>, _len: u64) -> Result<u64, StreamError> {
        Err(StreamError::Closed)
    }
}

/// Nothing can be read here, and nobody gets one.
struct In;

impl GuestInputStream for In {
    fn read(&self, _len: u64) -> Result<Vec<u8>, StreamError> {
        Err(StreamError::Closed)
    }
    fn blocking_read(&self, _len: u64) -> Result<Vec<u8>, StreamError> {
        Err(StreamError::Closed)
    }
    fn skip(&self, _len: u64) -> Result<u64, StreamError> {
        Err(StreamError::Closed)
    }
    fn blocking_skip(&self, _len: u64) -> Result<u64, StreamError> {
        Err(StreamError::Closed)
    }
    fn subscribe(&self) -> Pollable {
        Pollable::new(Ready)
    }
}

impl Streams for Logger {
    type InputStream = In;
    type OutputStream = Out;
}

/// A logger is always ready.
struct Ready;

impl GuestPollable for Ready {
    fn ready(&self) -> bool {
        true
    }
    fn block(&self) {}
}

impl Polls for Logger {
    type Pollable = Ready;
    fn poll(pollables: Vec<PollableBorrow<'_>>) -> Vec<u32> {
        (0..pollables.len() as u32).collect()
    }
}

struct Failure;

impl GuestError for Failure {
    fn to_debug_string(&self) -> String {
        "the logger failed".to_string()
    }
}

impl Errors for Logger {
    type Error = Failure;
}

export!(Logger);
