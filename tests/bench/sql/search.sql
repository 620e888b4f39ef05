-- Tickets that have a word which is in one of a thousand, the newest first.
{search};
