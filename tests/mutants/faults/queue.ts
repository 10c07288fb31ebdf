import { faultsIn } from './fault.ts';

const protocol = ['tests/queue/protocol.test.ts', 'tests/queue/invariants.test.ts'];

export const queue = [
  ...faultsIn('lib/db/attempts.ts', protocol, [
    [
      'fence-without-attempt',
      ' and j.attempt = ${attempt}::int and j.token_hash',
      ' and j.token_hash',
      'The fence forgets the attempt.',
    ],
    [
      'fence-without-token',
      ' and j.token_hash = ${hashOf(token)} and j.runner_id',
      ' and j.runner_id',
      'The fence forgets the token.',
    ],
    [
      'fence-without-runner',
      ' and j.runner_id = ${runner}::uuid and j.state',
      ' and j.state',
      'The fence forgets the runner.',
    ],
    ['heartbeat-past-deadline', ' and deadline_at > now()', '', 'A lease outlives its deadline.'],
    [
      'beyond-the-deadline',
      'least(now() + make_interval(secs => lease_seconds), deadline_at)',
      'now() + make_interval(secs => lease_seconds)',
      'A lease ends after its deadline.',
    ],
    [
      'cancelled-goes-on',
      'case when cancel_requested then lease_expires_at else',
      'case when false then lease_expires_at else',
      'A cancelled job is prolonged.',
    ],
    ['log-without-limit', '<= ${limits.logBytes}::int', '<= 2000000000', 'A log grows without end.'],
    ['log-anywhere', 'octet_length(a.log) = ${offset}::int and ', '', 'A log is appended at any offset.'],
  ]),
  ...faultsIn(
    'lib/db/lease.ts',
    ['tests/queue/concurrency.test.ts'],
    [
      [
        'no-skip-locked',
        ' for update skip locked\n  ), again_by_another',
        '\n  ), again_by_another',
        'Two runners take one row.',
      ],
      [
        'no-lock-again',
        'order by created_at, id limit 1 for update skip locked',
        'order by created_at, id limit 1',
        'Two runners run one job again.',
      ],
      [
        'no-lock-expired',
        'order by lease_expires_at limit 1 for update skip locked',
        'order by lease_expires_at limit 1',
        'Two runners take over one lease.',
      ],
      [
        'no-lock-dead',
        'limit 50 for update skip locked',
        'limit 50',
        'A runner waits for another that ends the same job.',
      ],
    ],
  ),
  ...faultsIn('lib/db/lease.ts', protocol, [
    ['no-strike', 'strikes = j.strikes + p.expired::int', 'strikes = j.strikes', 'An expired lease costs no strike.'],
    [
      'one-strike-more',
      'strikes + 1 >= max_strikes or cancel_requested',
      'strikes >= max_strikes or cancel_requested',
      'A job has one strike more.',
    ],
    ['last-first', 'order by vtime, id', 'order by vtime desc, id', 'The last job goes first.'],
    ['inactive-leases', "state = 'active' for share", 'true for share', 'A drained runner gets work.'],
    [
      'any-runner-again',
      'token_hash = ${token} and runner_id = ${runner}::uuid and state',
      'token_hash = ${token} and state',
      'A token of another runner gets its job.',
    ],
    ['waits-not', "state = 'queued' and run_after <= now()", "state = 'queued'", 'A job that failed is not delayed.'],
  ]),
  ...faultsIn('lib/db/other-runners.ts', protocol, [
    ['same-again', 'not ${failedOn(sql`${runner}::uuid`)}', 'true', 'One broken machine uses up all strikes of a job.'],
    [
      'waits-for-all',
      'and ${canDo} and not ${failedOn(sql`n.id`)}',
      'and ${canDo}',
      'A job waits for a runner on which it failed too.',
    ],
    [
      'waits-for-ever',
      '< now() - make_interval(mins',
      '< now() - make_interval(years',
      'A job waits for a runner that never comes.',
    ],
  ]),
  ...faultsIn('lib/db/jobs.ts', protocol, [
    ['no-jail', "...(ours ? [] : ['jail'])", '...[]', "A stranger's module needs no jail."],
    [
      'vtime-of-nobody',
      'where ${ownerId === null ? sql`owner_id is null` : sql`owner_id = ${ownerId}::uuid`} and state in',
      'where state in',
      'Queueing is not fair between owners.',
    ],
    ['vtime-stands', 'clock.vtime + w.before', 'clock.vtime', "An owner's jobs all have the same tag."],
  ]),
];
