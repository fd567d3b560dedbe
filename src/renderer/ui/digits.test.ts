import { describe, expect, it } from 'vitest';
import { differences, groupWhileTyping, groupedDigits, numberParts, plainDigit } from './digits';

describe('groupWhileTyping', () => {
  it('groups by four, the last group as it comes', () => {
    expect(groupWhileTyping('4111111111111111', 16).text).toBe('4111 1111 1111 1111');
    expect(groupWhileTyping('6200000000000000003', 19).text).toBe('6200 0000 0000 0000 003');
    expect(groupWhileTyping('4111', 4).text).toBe('4111');
  });

  it('keeps the caret behind the same digit', () => {
    expect(groupWhileTyping('41111', 5)).toMatchObject({ text: '4111 1', caret: 6 });
    expect(groupWhileTyping('4111', 4).caret).toBe(4);
    expect(groupWhileTyping('49111 1111', 2)).toMatchObject({ text: '4911 1111 1', caret: 2 });
    expect(groupWhileTyping('4111 1111', 0).caret).toBe(0);
  });

  it('understands what is pasted: dashes, full-width digits, too much', () => {
    expect(groupWhileTyping('4111-1111-1111-1111', 19)).toMatchObject({
      digits: '4111111111111111',
      dropped: false,
    });
    expect(groupWhileTyping('４１１１', 4).digits).toBe('4111');
    expect(groupWhileTyping('1'.repeat(30), 30)).toMatchObject({ digits: '1'.repeat(19), caret: 23 });
  });

  it('leaves out what is no digit and says so', () => {
    expect(groupWhileTyping('41x1', 4)).toMatchObject({ digits: '411', caret: 3, dropped: true });
  });
});

describe('differences', () => {
  it('finds every digit that differs', () => {
    expect(differences('4111', '4111')).toEqual([]);
    expect(differences('4121', '4112')).toEqual([2, 3]);
  });
  it('counts a missing digit as different', () => {
    expect(differences('411', '4111')).toEqual([3]);
    expect(differences('41111', '4111')).toEqual([4]);
  });
});

describe('plainDigit', () => {
  it('takes digits of either width and nothing else', () => {
    expect(['7', '７'].map(plainDigit)).toEqual(['7', '7']);
    expect(['', 'A', 'F7', '77', '٧'].map(plainDigit)).toEqual(Array(5).fill(undefined));
  });
});

describe('groupedDigits', () => {
  it('marks by the position among the digits, whatever spaces are there', () => {
    const groups = groupedDigits('4111 11•• ••', [4, 9]);
    expect(groups.map((group) => group.map((digit) => digit.digit).join(''))).toEqual(['4111', '11••', '••']);
    expect(
      groups
        .flat()
        .filter((digit) => digit.marked)
        .map((digit) => digit.at),
    ).toEqual([4, 9]);
  });
});

describe('numberParts', () => {
  it('is one text where nothing is marked', () => {
    expect(numberParts('622202•••••••••1234', [])).toEqual([
      { text: '6222 02•• •••• •••1 234', marked: false },
    ]);
    expect(numberParts('6222 02•• •••• •••1 234', [])).toHaveLength(1);
  });

  it('has each marked digit for itself, and no space within it', () => {
    expect(numberParts('62220', [0, 1, 4])).toEqual([
      { text: '6', marked: true },
      { text: '2', marked: true },
      { text: '22 ', marked: false },
      { text: '0', marked: true },
    ]);
    expect(numberParts('', [0])).toEqual([]);
  });

  it('reads as the groups do, whatever is marked', () => {
    const grouped = groupedDigits('4111 1111 1111 1', []).map((group) =>
      group.map(({ digit }) => digit).join(''),
    );
    for (const marked of [[], [3], [4], [0, 12], [3, 4, 5]]) {
      const read = numberParts('4111 1111 1111 1', marked).map(({ text }) => text);
      expect(read.join('')).toBe(grouped.join(' '));
    }
  });
});
