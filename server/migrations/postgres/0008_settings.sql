-- What the database knows about itself: the master key it was begun with, whether the demonstration is complete.

create table setting (
    key text primary key not null,
    value text not null
);
