//! Tables of cases of the layouts; that what is filled in reads back is tested over every definition in `tests/template`.
