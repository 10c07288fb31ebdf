import { fileResponse } from '@/lib/api/file-response.ts';
import { route } from '@/lib/api/route.ts';
import { requireStored } from '@/lib/api/suites.ts';
import { AppError } from '@/lib/errors.ts';
import { findSuiteFile, suiteFiles } from '@/lib/suite-store.ts';

/**
 * GET, HEAD: a file of the suite, of a season's from its close on; 206 and 416 for ranges, 304 for a known one. 404 for
 * every path that the manifest does not list.
 */
export const GET = route('GET /api/v1/suites/{suite}/files/{path*}', async (request, { params }) => {
  const { suite: id, path } = await params;
  const suite = await requireStored(id);
  const file = await findSuiteFile(suite, path.join('/'));
  if (file) return fileResponse(request, file);
  const built = (await suiteFiles(suite)) !== null;
  if (!built && suite.season !== undefined)
    throw new AppError(
      'not-found',
      `The files of ${suite.id} are not on this site; 'npx antidote season verify ${suite.season}' draws them again.`,
    );
  if (!built)
    throw new AppError('unavailable', `The files of ${suite.id} are not built on this site yet.`, {
      'retry-after': '60',
    });
  throw new AppError('not-found', `${suite.id} has no such file.`);
});
export const HEAD = GET;
