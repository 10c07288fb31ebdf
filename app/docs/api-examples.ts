/** Commands for a shell with curl. A test runs each as it is printed, in this order. */
export const apiExamples = [
  {
    title: 'The board of a suite, every row with its scores and intervals',
    command: 'curl -fsS "$ANTIDOTE_URL/api/v1/suites/smoke-2/standings"',
    answers: '"rows":',
  },
  {
    title: 'The same as CSV',
    command: 'curl -fsS "$ANTIDOTE_URL/api/v1/suites/smoke-2/standings.csv"',
    answers: 'submission',
  },
  {
    title: 'Submit a defense, with a token of your account',
    command: `curl -fsS "$ANTIDOTE_URL/api/v1/submissions" \\
  -H "Authorization: Bearer $ANTIDOTE_TOKEN" -H 'Content-Type: application/json' \\
  -d '{"name": "Keeps every row", "suite": "smoke-2", "card": {"license": "MIT"},
       "code": "export default { filter: (train) => new Float32Array(train.n).fill(1) };"}'`,
    answers: '"state":"queued"',
  },
  {
    title: 'Your own submissions, with the state of each',
    command: `curl -fsS "$ANTIDOTE_URL/api/v1/submissions" -H "Authorization: Bearer $ANTIDOTE_TOKEN"`,
    answers: '"Keeps every row"',
  },
] as const;
