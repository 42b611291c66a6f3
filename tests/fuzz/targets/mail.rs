//! See `bodies::mail`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterday_fuzz::bodies;

fuzz_target!(|data: &[u8]| bodies::mail(data));
