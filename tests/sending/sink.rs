//! A small mail server that keeps what it is handed, and can misbehave.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A message as it came over the wire.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// The message without the full stop behind it, and with those put before full stops taken out.
    pub data: String,
}

impl Taken {
    pub fn head(&self) -> &str {
        self.data.split_once("\r\n\r\n").unwrap().0
    }

    pub fn body(&self) -> &str {
        self.data.split_once("\r\n\r\n").unwrap().1
    }
}

/// How the server behaves.
#[derive(Debug, Clone)]
pub enum Manner {
    /// It takes everything.
    Takes,
    /// It answers this, with its number, to the address in it.
    Answers(&'static str, &'static str),
    /// It answers this to a whole message.
    AnswersMessage(&'static str),
    /// It goes away after so many messages, having read the next whole, without a word.
    Dies(usize),
    /// It goes away when so many messages have been taken and another is begun.
    Leaves(usize),
    /// It answers this to the sender.
    AnswersSender(&'static str),
}

/// The server.
pub struct Sink {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    connections: Arc<Mutex<usize>>,
}

impl Sink {
    pub fn new(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (taken, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let (own_taken, own_connections) = (taken.clone(), connections.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                *own_connections.lock().unwrap() += 1;
                let _ = serve(stream.unwrap(), &manner, &own_taken);
            }
        });
        Self { port, taken, connections }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

fn serve(stream: TcpStream, manner: &Manner, taken: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes());
    say("220 sink.example ready")?;
    let mut own = Taken::default();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let address = || line.split_once('<').unwrap().1.split_once('>').unwrap().0.to_string();
        match line.split([' ', ':']).next().unwrap().to_uppercase().as_str() {
            "EHLO" => say("250-sink.example\r\n250 8BITMIME")?,
            "MAIL" => {
                if matches!(manner, Manner::Leaves(after) if taken.lock().unwrap().len() == *after) {
                    return Ok(());
                }
                own = Taken { from: address(), ..Taken::default() };
                match manner {
                    Manner::AnswersSender(answer) => say(answer)?,
                    _ => say("250 sender ok")?,
                }
            }
            "RCPT" => match manner {
                Manner::Answers(answer, to) if *to == address() => say(answer)?,
                _ => {
                    own.to.push(address());
                    say("250 recipient ok")?;
                }
            },
            "RSET" => {
                own = Taken::default();
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                loop {
                    let mut line = String::new();
                    if lines.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    own.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                if matches!(manner, Manner::Dies(after) if taken.lock().unwrap().len() == *after) {
                    return Ok(());
                }
                if let Manner::AnswersMessage(answer) = manner {
                    say(answer)?;
                    continue;
                }
                let number = {
                    let mut taken = taken.lock().unwrap();
                    taken.push(own.clone());
                    taken.len()
                };
                say(&format!("250 2.0.0 Ok: queued as {number}"))?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("502 what?")?,
        }
    }
}
