//! An e-mail with files attached, as a gateway hands it on and Outlook saves it: a text in two forms with a picture in it, then the
//! attachments, their names coded twice over.

use std::fmt::Write;

/// A picture of one dot, as it stands below a signature.
const DOT: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// The e-mail: `headers` are those of who sent it and of the servers on its way, each line ended; `text` is what it says; each
/// attachment has a name and bytes.
pub fn mail(headers: &str, text: &str, attached: &[(&str, &[u8])]) -> Vec<u8> {
    let mut mail = headers.to_string();
    mail.push_str(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=\"_004_mixed_\"\r\n\r\n\
         This is a multi-part message in MIME format.\r\n\
         --_004_mixed_\r\nContent-Type: multipart/related; boundary=\"_003_related_\";\r\n\ttype=\"multipart/alternative\"\r\n\r\n\
         --_003_related_\r\nContent-Type: multipart/alternative; boundary=\"_002_alternative_\"\r\n\r\n",
    );
    for (kind, body) in [
        ("plain", text.to_string()),
        ("html", format!("<html><body><p>{text}</p><img src=\"cid:dot@mail\"></body></html>")),
    ] {
        let _ = write!(
            mail,
            "--_002_alternative_\r\nContent-Type: text/{kind}; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(body.as_bytes())
        );
    }
    let _ = write!(
        mail,
        "--_002_alternative_--\r\n\r\n--_003_related_\r\nContent-Type: image/png; name=\"image001.png\"\r\n\
         Content-Disposition: inline; filename=\"image001.png\"\r\nContent-ID: <dot@mail>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {DOT}\r\n--_003_related_--\r\n\r\n"
    );
    for (name, bytes) in attached {
        let _ = write!(
            mail,
            "--_004_mixed_\r\nContent-Type: application/octet-stream;\r\n\tname=\"=?utf-8?B?{}?=\"\r\n\
             Content-Disposition: attachment;\r\n\tfilename*=utf-8''{}; size={}\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(name.as_bytes()).replace("\r\n", ""),
            percent(name),
            bytes.len(),
            base64(bytes)
        );
    }
    mail.push_str("--_004_mixed_--\r\n");
    mail.into_bytes()
}

/// Base64 in lines of 76 letters.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    for (index, three) in bytes.chunks(3).enumerate() {
        if index > 0 && index % 19 == 0 {
            text.push_str("\r\n");
        }
        let at = |place: usize| three.get(place).map_or(0, |byte| u32::from(*byte));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// A name as RFC 2231 has it.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}
