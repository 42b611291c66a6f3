//! What the records of .xls and .xlsb have in common: little numbers, packed numbers, error codes.

/// Bytes of a record, taken from the front; `None` where it is too short.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take(2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.take(8).and_then(|bytes| Some(f64::from_le_bytes(bytes.try_into().ok()?)))
    }
}

/// A number packed into 30 bits: the high part of a float or an integer, perhaps a hundredth of it.
pub(super) fn packed_number(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        // The sign comes along.
        f64::from((packed as i32) >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

/// The error of that code.
pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_no_more_than_there_is() {
        let mut bytes = Bytes(&[1, 2, 0, 3, 0, 0, 0]);
        assert_eq!((bytes.u8(), bytes.u16(), bytes.u32()), (Some(1), Some(2), Some(3)));
        assert_eq!((bytes.u8(), bytes.u16(), bytes.f64()), (None, None, None));
    }

    #[test]
    fn unpacks_numbers() {
        // The examples of the format's own description: 1, 1.23, 12345678, 123456.78.
        for (packed, value) in [
            (0x3ff0_0000, 1.0),
            (0x405e_c001, 1.23),
            (0x02f1_853a, 12_345_678.0),
            (0x02f1_853b, 123_456.78),
            ((-7_i32 << 2) as u32 | 2, -7.0),
        ] {
            assert_eq!(packed_number(packed), value, "{packed:x}");
        }
    }
}
