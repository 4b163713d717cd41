import { type RunningServer, startServer } from './api/server.ts';
import type { ServerSettings } from './api/settings.ts';
import { SalmaqError } from './errors.ts';

/**
 * Serves on the port that was asked for. Where nobody asked for one and the usual one is taken — by another worker on this
 * machine, say — on a free one.
 *
 * @param asked the port of a flag; the environment's `SALMAQ_PORT` counts as asked for too.
 */
export async function listen(
  app: Parameters<typeof startServer>[0],
  settings: ServerSettings,
  asked?: number,
): Promise<RunningServer> {
  try {
    return await startServer(app, { ...settings, port: asked ?? settings.port });
  } catch (error) {
    const isTaken = error instanceof SalmaqError && /already in use/.test(error.message);
    if (asked !== undefined || process.env['SALMAQ_PORT'] || !isTaken) throw error;
    return startServer(app, { ...settings, port: 0 });
  }
}
