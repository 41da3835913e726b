-- Sessions: dates and times are those of the Rome wall clock.

create table session (
    id blob primary key not null,
    opal_id blob not null,
    -- The dossier's, repeated for the rules that look across dossiers.
    person_id blob not null,
    activity_code text not null,
    coach_id blob not null references coach (id),
    on_date text not null,
    from_time text not null,
    to_time text not null,
    -- The length, for sums: times have no arithmetic that both databases share.
    minutes integer not null check (minutes > 0),
    note text not null,
    state text not null check (state in ('entered', 'scheduled', 'started', 'delivered', 'cancelled', 'not_delivered')),
    late_days integer check (late_days >= 0),
    entered_at text not null,
    started_local text,
    completed_local text,
    description text,
    end_reason text check (
        end_reason in (
            'person_absent', 'coach_absent', 'employer_unavailable', 'illness', 'entry_error', 'activity_closed', 'other'
        )
    ),
    end_text text,
    replaces blob references session (id),
    version integer not null,
    foreign key (opal_id, person_id) references opal (id, person_id),
    foreign key (opal_id, activity_code) references activity (opal_id, code),
    check (from_time < to_time),
    check (state not in ('started', 'delivered') or started_local is not null),
    check ((state = 'delivered') = (completed_local is not null)),
    check (state <> 'delivered' or description is not null),
    check (state <> 'not_delivered' or end_reason is not null)
) strict;

create index session_of_opal on session (opal_id, on_date, from_time);
create index session_of_person on session (person_id, on_date);
create index session_of_coach on session (coach_id, on_date);
create index session_open on session (on_date, from_time, id) where state in ('entered', 'scheduled', 'started');
create index session_replaced on session (replaces) where replaces is not null;
