import { faultsIn } from './fault.ts';

const reads = 'tests/db/private-reads.test.ts';

export const db = [
  ...faultsIn(
    'lib/contract/orcid.ts',
    ['tests/lib/contract/orcid.test.ts'],
    [
      [
        'check-digit',
        '(12 - (total % 11)) % 11',
        '(11 - (total % 11)) % 11',
        'A wrong ORCID iD passes, a right one does not.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/code-and-logs.ts',
    [reads],
    [
      [
        'logs-open',
        'manageableBy(viewer),\n        sql`octet_length',
        'viewer ? sql`true` : sql`false`,\n        sql`octet_length',
        'Every signed-in user reads the logs of all.',
      ],
      [
        'logs-of-nobody',
        'if (viewer === null) return sql`false`',
        'if (viewer === null) return sql`true`',
        'Nobody reads logs and code.',
      ],
      [
        'code-open',
        'or(isNotNull(submissions.baseline), manageableBy(viewer), isScored(submissions.id))',
        'sql`true`',
        'Unpublished code is open.',
      ],
      [
        'owner-is-all',
        '? sql`true` : eq(submissions.ownerId, viewer.id)',
        '? sql`true` : sql`true`',
        'Whoever is signed in is an owner.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/submissions.ts',
    ['tests/app/submissions.test.ts'],
    [
      [
        'vouched-for-all',
        'find((author) => author.orcid === orcid)',
        'find((author) => author.orcid)',
        'An ORCID iD that somebody typed counts as signed in with.',
      ],
      [
        'withheld-authors-named',
        'row.anonymousUntil && !mine',
        'false',
        'An anonymous entry names the authors of its card.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/submissions.ts',
    [reads],
    [
      ['manageable-by-all', 'mine || isOrganizer(viewer)', 'viewer !== null', 'Every signed-in user may withdraw.'],
      [
        'own-are-all',
        'select(viewer, eq(submissions.ownerId, viewer.id)',
        'select(viewer, sql`true`',
        "Another's submissions are listed as one's own.",
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/tokens.ts',
    ['tests/db/quota.test.ts'],
    [['tokens-without-limit', ' < ${tokenLimit}::int', ' < 1000', 'A user has tokens without end.']],
  ),
  ...faultsIn(
    'lib/db/tokens.ts',
    [reads],
    [
      [
        'tokens-of-all',
        'and(eq(tokens.userId, viewer.id), isNull(tokens.revokedAt))',
        'isNull(tokens.revokedAt)',
        "Another's tokens are listed.",
      ],
      [
        'revokes-any',
        'eq(tokens.id, id), eq(tokens.userId, viewer.id), ',
        'eq(tokens.id, id), ',
        "Another's token is revoked.",
      ],
      ['revoked-token', 'revoked_at is null and (expires_at', '(expires_at', 'A revoked token is good.'],
      [
        'expired-token',
        'revoked_at is null and (expires_at is null or expires_at > now())),',
        'revoked_at is null),',
        'A token that ran out is good.',
      ],
      ['plain-token', '${name}, ${hashOf(token)}', '${name}, ${token}', 'The token itself is kept.'],
      [
        'admin-for-all',
        "scope !== 'runner-admin' || role === 'organizer'",
        'true',
        'A researcher gets a token that orders runners.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/versions.ts',
    [reads],
    [['versions-of-others', 'if (owner !== user.id)', 'if (owner === null)', "A version of another's entry is taken."]],
  ),
  ...faultsIn(
    'lib/db/quota.ts',
    [reads],
    [
      ['quota-of-all', 'requested_by = ${user.id}::uuid and ${', '${', "Another's evaluations are counted."],
      ['core-quota', 'core: 5 }', 'core: 6 }', 'Six evaluations on a core suite are free.'],
    ],
  ),
  ...faultsIn(
    'lib/db/runner-state.ts',
    ['tests/db/runner-state.test.ts'],
    [
      [
        'orders-by-all',
        "requireOrganizer(viewer, 'give orders to runners');",
        'if (!viewer) return;',
        'Every signed-in user orders runners.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/runners.ts',
    ['tests/queue/protocol.test.ts'],
    [
      [
        'code-used-twice',
        'sql`${runnerCodes.usedAt} is null and ${runnerCodes.expiresAt} > now()`',
        'sql`true`',
        'Who brings a used code again is told that the key is known.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/runners.ts',
    ['tests/db/runners.test.ts'],
    [
      [
        'codes-by-all',
        "if (by !== 'chore') requireOrganizer",
        'if (by === null) requireOrganizer',
        'Every signed-in user enrols runners.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/sessions.ts',
    ['tests/app/sign-in.test.ts'],
    [
      [
        'ended-session',
        'delete(sessions).where(eq(sessions.id, id))',
        'select().from(sessions)',
        'An ended session is good.',
      ],
      [
        'old-session',
        'and(eq(sessions.id, id), gt(sessions.createdAt, sql`now() - make_interval(days => ${sessionDays}::int)`))',
        'eq(sessions.id, id)',
        'A session has no end.',
      ],
      [
        'everybodys-sessions',
        '.where(eq(sessions.userId, viewer.id))',
        '',
        'Who ends their sessions ends everybody’s.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/users.ts',
    ['tests/db/private-reads.test.ts'],
    [['deleted-user', 'and(condition, isNull(users.deletedAt))', 'condition', 'A deleted account signs in.']],
  ),
  ...faultsIn(
    'lib/db/events.ts',
    ['tests/db/events.test.ts', 'tests/db/audit.test.ts'],
    [
      [
        'chain-without-link',
        'sha256(previous + canonicalJson',
        "sha256('' + canonicalJson",
        'A hash does not cover the one before.',
      ],
      [
        'event-without-change',
        'where exists (select 1 from changed)',
        '',
        'An event tells of a change that was not made.',
      ],
    ],
  ),
];
