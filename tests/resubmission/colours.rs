//! The colours, marks and notes of the program change nothing of what a return says.
