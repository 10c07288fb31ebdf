import { requireSuite, suiteJson } from '@/lib/api/suites.ts';
import { route } from '@/lib/http.ts';

/** GET: the suite with its scenarios and files. 404 with the known ids. */
export const GET = route<{ suite: string }>(async (_, { params }) =>
  Response.json(await suiteJson(requireSuite((await params).suite))),
);
