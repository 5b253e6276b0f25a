import { describe, expect, test } from 'vitest';
import { dueDay } from '../../src/contract/due-day.ts';
import { addBankingDays, addDays, isBankingDay } from '../../src/lib/banking-days.ts';
import { change, delay, ending, newLoan, payment } from '../sandbox/reports.ts';

const days = { addDays, addBankingDays };
const paid = (paymentDate: string) =>
  dueDay('Repayments', payment('1', { lumpSumLoanRepayment: { paymentDate } }), days);

describe('the day by which a report must be made', () => {
  test.each([
    ['in the middle of a week', '2026-05-18', '2026-05-20'],
    ['over a weekend', '2026-11-06', '2026-11-10'],
    ['on a Saturday', '2026-11-07', '2026-11-10'],
    ['over Easter', '2026-04-02', '2026-04-08'],
    ['over May Day', '2026-04-29', '2026-05-04'],
    ['over Ascension Day', '2026-05-13', '2026-05-18'],
    ['over Midsummer, whose eve is no banking day', '2026-06-18', '2026-06-23'],
    ['over Independence Day', '2027-12-03', '2027-12-08'],
    ['over Christmas, whose eve is no banking day', '2026-12-23', '2026-12-29'],
    ['over New Year, whose eve is a banking day', '2026-12-30', '2027-01-04'],
    ['over Epiphany', '2027-01-05', '2027-01-08'],
  ])('of a payment %s: %s → %s', (_, on, due) => {
    expect(paid(on)).toBe(due);
    expect(dueDay('TerminateLoans', ending('1', { endDate: on }), days)).toBe(due);
  });

  test('of a new loan is the next day of the calendar, banking day or not', () => {
    expect(dueDay('AddLoans', newLoan('1', { contractDate: '2026-12-24' }), days)).toBe('2026-12-25');
    expect(dueDay('AddLoans', newLoan('1', { contractDate: '2026-12-31' }), days)).toBe('2027-01-01');
    expect(dueDay('AddLoans', newLoan('1', { contractDate: '2028-02-28' }), days)).toBe('2028-02-29');
  });

  test('is not known where there is no day to count from', () => {
    expect(dueDay('AddLoans', newLoan('1', { contractDate: undefined }), days)).toBeNull();
    expect(dueDay('Repayments', payment('1', { lumpSumLoanRepayment: undefined }), days)).toBeNull();
    expect(dueDay('TerminateLoans', ending('1', { endDate: undefined }), days)).toBeNull();
    expect(dueDay('UpdateLoans', change('1'), days)).toBeNull();
    expect(dueDay('DelayedRepayments', delay('1'), days)).toBeNull();
  });
});

test('banks are closed on weekends, holidays and the eves of Midsummer and Christmas', () => {
  const closed = [
    '2026-01-01',
    '2026-01-06',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-05-14',
    '2026-06-19',
    '2026-12-24',
    '2026-12-25',
    '2026-11-22',
  ];
  const open = [
    '2026-01-02',
    '2026-04-02',
    '2026-04-07',
    '2026-06-18',
    '2026-06-22',
    '2026-12-23',
    '2026-12-28',
    '2026-12-31',
    '2026-11-23',
  ];
  expect(closed.filter(isBankingDay)).toEqual([]);
  expect(open.filter((day) => !isBankingDay(day))).toEqual([]);
});

test('days are counted the same however often they are asked for', () => {
  for (const _ of [1, 2]) {
    expect(addDays('2026-12-24', 2)).toBe('2026-12-26');
    expect(addBankingDays('2026-12-24', 2)).toBe('2026-12-29');
    expect(addBankingDays('2026-12-24', 1)).toBe('2026-12-28');
    expect(addBankingDays('2026-12-24', 0)).toBe('2026-12-24');
  }
});
