-- The list goes by the days left (R3), not by the notification: with a term of another length the two differ.

update opal set list_rank = list_rank + cast(julianday(decide_by) - julianday(notified_on) as integer) where state = 'pending';
