//! Workbooks for people who work in Excel.
