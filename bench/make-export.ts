import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const header =
  'LAINANRO;ASIAKASLAJI;SOPIMUSPVM;VALUUTTA;VERTAIS;TUOTENIMI;AVAUSMAKSU;SIIRRETTY;VELALLISIA;HETU;NIMI;KSL;HYODYKE;MYONNETTY;NOSTETTU;SALDO;ERAPVM;LYHENNYSVALI;TARKOITUS;LYHENNYSTAPA;KORKO;MARGINAALI;KORKOLAJI;KORKOJAKSO;VAKUUS;KONTTORI;VIRKAILIJA;KUSTANNUSPAIKKA;JARJESTELMA;HUOMAUTUS';
const names = ['Mäkelä Päivi', 'Korhonen Eero', 'Öhman Åsa', 'Virtanen Aino', 'Nieminen Jorma'];
const branches = ['Turku', 'Hämeenlinna', 'Jyväskylä', 'Helsinki', 'Oulu'];
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const two = (n: number) => String(n).padStart(2, '0');

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes a seeded export of new loans: 30 columns, one row a loan, a fifth of the rows with a quoted cell, one in a thousand wrong. */
export async function makeExport(path: string, rows: number, seed = 1): Promise<void> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const money = (most: number) => {
    const cents = Math.floor(random() * most * 100);
    const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ' ');
    return `${whole},${two(cents % 100)}`;
  };
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  file.write(Buffer.from(`${header}\r\n`, 'latin1'));
  let block = '';
  for (let i = 1; i <= rows; i++) {
    const issued = 1000 + Math.floor(random() * 299000);
    const bad = random() < 0.001;
    const note = random() < 0.2 ? `"${pick(['siirto; tarkista', 'asiakas ""itse""', 'lisätieto; ks. liite'])}"` : '';
    const day = `${two(1 + Math.floor(random() * 28))}.${two(1 + Math.floor(random() * 12))}.2026`;
    block += [
      String(i).padStart(10, '0'),
      'H',
      bad ? '2026-13-01' : day,
      random() < 0.5 ? '' : 'EUR',
      'E',
      pick(['Kotilaina', 'Joustolaina', 'Autolaina']),
      money(500),
      'E',
      '1',
      person(random),
      pick(names),
      pick(['7', '7A']),
      pick(['K', 'E']),
      `${issued},00`,
      `${issued},00`,
      money(issued),
      `01.0${1 + Math.floor(random() * 9)}.20${30 + Math.floor(random() * 20)}`,
      pick(['1', '3', '6']),
      pick(['10', '20', '30', '40']),
      pick(['1', '2', '3', '4']),
      `${Math.floor(random() * 9)},${String(Math.floor(random() * 10000)).padStart(4, '0')}`,
      `1,${two(Math.floor(random() * 100))}`,
      pick(['E', 'B', 'F']),
      pick(['3', '6', '12']),
      pick(['K', 'E']),
      pick(branches),
      `V${Math.floor(random() * 500)}`,
      `K${Math.floor(random() * 90)}`,
      'J1',
      note,
    ].join(';');
    block += '\r\n';
    if (block.length < 1 << 20 && i < rows) continue;
    if (!file.write(Buffer.from(block, 'latin1'))) await once(file, 'drain');
    block = '';
  }
  file.end();
  await once(file, 'finish');
}

function person(random: () => number): string {
  const date = `${two(1 + Math.floor(random() * 28))}${two(1 + Math.floor(random() * 12))}${two(40 + Math.floor(random() * 60))}`;
  const individual = String(900 + Math.floor(random() * 97));
  return `${date}-${individual}${checkCharacters[Number(date + individual) % 31]}`;
}
