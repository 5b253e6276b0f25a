import { describe, test } from 'vitest';
import { answer, answerText, bytes, drips, first, takes } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';

const accepted = JSON.stringify({ correlationId: 'c-1', statusMessage: 'The request succeeded' });
const head202 = (...headers: string[]) =>
  `HTTP/1.1 202 Accepted\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
/** The status line decides: the batch is asked about, and never sent again. */
const takenThough = (title: string, act: Parameters<typeof takes>[0], more: Partial<Scenario> = {}): Scenario => ({
  title,
  script: { post: { 2: [takes(act)] } },
  expected: { outcomes: { 2: ['sent'] } },
  ...more,
});

describe.concurrent('a register with which nothing is wrong', () => {
  test.each<Scenario>([
    { title: 'takes every batch once' },
    { title: 'takes batches one by one', limits: { inFlight: 1 } },
    { title: 'is asked for hours when it needs hours', script: { processing: 40 } },
  ])('$title', playOut);
});

describe.concurrent('a 202 is a 202', () => {
  test.each<Scenario>([
    takenThough('whose body is cut', bytes(`${head202('content-length: 100')}{"corr`, 'closes')),
    takenThough('whose body is cut by a reset', bytes(`${head202('content-length: 100')}{"corr`, 'resets')),
    takenThough('whose body stalls', bytes(`${head202('content-length: 100')}{"corr`), { patience: { body: 500 } }),
    takenThough('whose chunked body is cut', bytes(`${head202('transfer-encoding: chunked')}5\r\n{"cor`, 'closes')),
    takenThough('whose chunked body lacks its end', bytes(`${head202('transfer-encoding: chunked')}2\r\n{}\r\n`), {
      patience: { body: 500 },
    }),
    takenThough('whose chunks are junk', bytes(`${head202('transfer-encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`)),
    takenThough('whose body is longer than told', answer(202, accepted, { 'content-length': '5' })),
    takenThough('whose body is shorter than told', bytes(answerText(202, accepted, { 'content-length': '500' })), {
      patience: { body: 500 },
    }),
    takenThough('without a body', answer(202)),
    takenThough('without a body or its length', bytes(head202(), 'closes')),
    takenThough(
      'with a page for people',
      answer(202, '<!doctype html><p>Kiitos!</p>', { 'content-type': 'text/html' }),
    ),
    takenThough('with an empty JSON array', answer(202, '[]')),
    takenThough('with a body of more than 16 MiB', answer(202, 'x'.repeat(17 * 1024 * 1024))),
    takenThough('with a BOM before its body', answer(202, `\uFEFF${accepted}`)),
    takenThough('that drips byte by byte', drips(answerText(202, accepted))),
    takenThough(
      'whose body drips for ever',
      first(bytes(head202('content-length: 9999')), drips('x'.repeat(9999), 10)),
      { patience: { whole: 1500 } },
    ),
    takenThough('after a 103', bytes(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${answerText(202, accepted)}`)),
    takenThough('in HTTP/1.0', bytes(`HTTP/1.0 202 Accepted\r\n\r\n${accepted}`, 'closes')),
    takenThough('with a second answer behind it', bytes(answerText(202, accepted) + answerText(500, '{}'))),
    takenThough('after which the connection closes', answer(202, accepted, { connection: 'close' })),
    takenThough('after which the connection is cut unannounced', bytes(answerText(202, accepted), 'closes')),
    takenThough('with errors in it that mean nothing there', answer(202, { errorCode: 'A10', reportReference: 'r3' })),
  ])('$title', playOut);

  test.each<Scenario>([
    takenThough('of the first batch', bytes(`${head202('content-length: 100')}{"corr`, 'closes'), {
      limits: { inFlight: 1 },
    }),
    {
      title: 'of every batch, cut each time',
      script: { post: () => takes(bytes(`${head202('content-length: 9')}{`, 'closes')) },
    },
  ])('$title', playOut);
});

describe.concurrent('an answer that is no verdict on a POST is asked about; a batch that was taken never goes again', () => {
  const asked: Partial<Scenario> = { expected: { atMost: 400, outcomes: { 2: ['unknown'] } } };
  test.each<Scenario>([
    takenThough('200', answer(200, accepted), asked),
    takenThough('201', answer(201, accepted), asked),
    takenThough('204', answer(204), asked),
    takenThough('206', answer(206, accepted), asked),
    takenThough('100 before the answer', bytes(`HTTP/1.1 100 Continue\r\n\r\n${answerText(202, accepted)}`), asked),
    takenThough('101', bytes('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'), asked),
    takenThough('a status line that is junk', bytes('HELO register\r\n\r\n', 'closes'), asked),
    takenThough('a status of four digits', bytes('HTTP/1.1 2020 Accepted\r\n\r\n', 'closes'), asked),
    takenThough('a header that is junk', bytes('HTTP/1.1 202 Accepted\r\nno colon here\r\n\r\n', 'closes'), asked),
    takenThough('a length that is no number', bytes('HTTP/1.1 202 Accepted\r\ncontent-length: x\r\n\r\n'), asked),
    takenThough(
      'two different lengths',
      bytes('HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
      asked,
    ),
    takenThough('headers of more than 16 KiB', bytes(head202(`x-long: ${'y'.repeat(40_000)}`)), asked),
    takenThough('a head that stops in the middle', bytes('HTTP/1.1 202 Acc', 'closes'), asked),
    takenThough('a head that stalls in the middle', bytes('HTTP/1.1 202 Acc'), {
      ...asked,
      patience: { headers: 600 },
    }),
    takenThough('a head that drips for ever', drips(head202(`x: ${'y'.repeat(5000)}`), 10), {
      ...asked,
      patience: { whole: 1500 },
    }),
    takenThough('HTTP/2 though nobody asked for it', bytes('HTTP/2 202\r\n\r\n', 'closes'), asked),
    takenThough('nothing, and the connection is closed', bytes('', 'closes'), asked),
    takenThough('nothing, and the connection is reset', bytes('', 'resets'), asked),
    takenThough('408', answer(408), asked),
    takenThough('425', answer(425), asked),
    takenThough('418', answer(418), asked),
    takenThough('500', answer(500, accepted), asked),
    takenThough('502 with a page', answer(502, '<h1>Bad Gateway</h1>'), asked),
    takenThough('504', answer(504), asked),
    takenThough('599', answer(599), asked),
    {
      title: 'two answers at once, of which the second looks like a verdict',
      script: {
        post: {
          1: [takes(bytes(answerText(202, accepted) + answerText(200, { batchStatus: 'FinishedSuccess' })))],
        },
      },
      limits: { inFlight: 1 },
    },
  ])('$title', playOut);
});
