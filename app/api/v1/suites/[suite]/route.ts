import { route } from '@/lib/api/route.ts';
import { requireSuite, suiteJson } from '@/lib/api/suites.ts';

/** GET: the suite with its scenarios and files. 404 with the known ids. */
export const GET = route('GET /api/v1/suites/{suite}', async (_, { params }) =>
  Response.json(await suiteJson(requireSuite((await params).suite))),
);
