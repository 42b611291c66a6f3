//! Random numbers out of a seed, the same each time.

/// A die.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `most`, inclusive (splitmix64).
    pub fn up_to(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        u32::try_from(mixed % (u64::from(most) + 1)).unwrap()
    }

    /// A number from `least` to `most`, both inclusive.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.up_to(most - least)
    }

    /// `whole` cut into so many parts, some of them perhaps 0.
    pub fn split(&mut self, whole: u32, parts: usize) -> Vec<u32> {
        let mut cuts: Vec<u32> = (1..parts).map(|_| self.up_to(whole)).collect();
        cuts.sort_unstable();
        cuts.insert(0, 0);
        cuts.push(whole);
        cuts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}
