import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sandboxKeys } from '../src/sandbox/keys.ts';

/**
 * A register that answers at once over mutual TLS and accepts everything, in a process of its own: what is measured is
 * the pipeline. Prints its port; counts reports and bytes, and ends when its parent does.
 */
const [folder = '', idCode = ''] = process.argv.slice(2);
const keys = await sandboxKeys(folder, { idCode }, new Date());
const batches = new Map<string, number>();
const server = createServer(
  { key: keys.server.key, cert: keys.server.cert, ca: keys.ca.pem, requestCert: true, rejectUnauthorized: true },
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const answer = (status: number, value: object) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (request.url !== '/GetBatchStatus') {
        const reference = String(request.headers['batchreference']);
        createHash('sha256').update(body).digest();
        batches.set(reference, body.toString('latin1').split('"reportReference"').length - 1);
        return answer(202, { statusMessage: 'received' });
      }
      const { batchReference } = JSON.parse(body.toString()) as { batchReference: string };
      const reportCount = batches.get(batchReference);
      if (reportCount === undefined)
        return answer(404, { errorResponses: [{ fieldName: 'BatchReference', errorCode: 'NONE' }] });
      return answer(200, { batchStatus: 'FinishedSuccess', batchReference, reportCount });
    });
  },
);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.on('disconnect', () => process.exit(0));
