/** The worker process of a package: evaluates one workbook after another as its parent asks, and ends with it. */
import { JipingError, text } from '../../problem/index.ts';
import type { WorkerAnswer, WorkerRequest } from './messages.ts';
import { ProjectPackager } from './package-project.ts';

let packager: ProjectPackager | undefined;

async function answer(request: WorkerRequest): Promise<WorkerAnswer | undefined> {
  try {
    if (request.kind === 'setup') {
      packager = new ProjectPackager(request.setup);
      return undefined;
    }
    if (packager === undefined) throw new JipingError('internal', text('工作进程没有准备好', 'worker without setup'));
    return { kind: 'done', done: await packager.run(request.job) };
  } catch (error) {
    const said =
      error instanceof JipingError
        ? error.text
        : text(
            `程序内部错误，请报告：${error instanceof Error ? error.message : String(error)}`,
            `internal error, please report: ${error instanceof Error ? error.message : String(error)}`,
          );
    return { kind: 'failed', message: said };
  }
}

process.on('message', (request: WorkerRequest) => {
  void answer(request).then((said) => {
    if (said !== undefined) process.send?.(said);
  });
});
process.on('disconnect', () => process.exit(0));
// A signal is answered between two steps of the work, so that the files of a workbook appear whole or not at all.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));
