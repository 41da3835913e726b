-- The list goes by the days left (R3), not by the notification: with a term of another length the two differ.

update opal set list_rank = list_rank + (decide_by - notified_on) where state = 'pending';
