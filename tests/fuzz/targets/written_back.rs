//! See `bodies::written_back`.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use quarterday_fuzz::mutation::mutate;
use quarterday_fuzz::{bodies, words};

static WORDS: LazyLock<Vec<String>> = LazyLock::new(words::of_parts);

fuzz_target!(|data: &[u8]| bodies::written_back(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, (size, max_size), seed, &WORDS, fuzzer_mutate)
});
