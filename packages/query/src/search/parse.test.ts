import { expect, test } from "vitest";
import { canonicalSearch } from "./canonical.ts";
import { describeSearch } from "./describe-search.ts";
import { keyInfo, searchKeys } from "./key-info.ts";
import { parseSearch } from "./parse.ts";

test.each([
  // A search of five filters, as an admin would write it.
  [
    "User:alice@company.com Action:Updated resource_type:Database Status:Success",
    "action:updated status:success actor:alice@company.com resource_type:database",
    "actor alice@company.com, action updated, resource type database, status success",
  ],
  ["-status:failed", "-status:failed", "not status failed"],
  ["actor:alice actor:bob", "actor:(alice OR bob)", "actor alice or bob"],
  ["actor:(bob or alice OR bob)", "actor:(bob OR alice)", "actor bob or alice"],
  ["-actor:a -actor:b actor:c", "actor:c -actor:(a OR b)", "not actor a or b, actor c"],
  ["actor:me", "actor:me", "actor me"],
  ["actor:al*", "actor:al*", "actor al*"],
  ['resource:"orders table"', 'resource:"orders table"', "resource “orders table”"],
  ['resource:"sales "*', 'resource:"sales "*', "resource sales *"],
  ['resource:"a*b"', 'resource:"a*b"', "resource “a*b”"],
  ["type:report verb:deleted event:shared", "action:shared operation:deleted resource_type:report", "resource type report, operation deleted, action shared"],
  ["status:pending is:FAILED", "status:(pending_approval OR failed)", "status pending or failed"],
  ["actor_type:(api_key OR service_account)", "actor_type:(api_key OR service_user)", "actor type api_key or service_user"],
  ['action:SetIamPolicy action:"SetIamPolicy"', 'action:(setiampolicy OR "SetIamPolicy")', "action setiampolicy or SetIamPolicy"],
  ["has:changes -has:IP", "has:changes -has:ip", "with changes, without IP address"],
  ["changed:visibility", "changed:visibility", "changed visibility"],
  ['changed:visibility:"private"→"shared"', 'changed:visibility:"private"→"shared"', "changed visibility from “private” to “shared”"],
  ["changed:visibility:private->shared", 'changed:visibility:"private"→"shared"', "changed visibility from “private” to “shared”"],
  ["changed:limit:→10 changed:limit:5→", 'changed:limit:"5"→ changed:limit:→"10"', "changed limit to “10”, changed limit from “5”"],
  [
    "duration:>1s duration:<=1.5m duration:>=250",
    "duration:>1s duration:>=250ms duration:<=90s",
    "duration over 1 s, duration at most 90 s, duration at least 250 ms",
  ],
  ["rows:>10,000", "rows:>10000", "rows over 10,000"],
  ["seq:5..9", "seq:>=5 seq:<=9", "sequence number at least 5, sequence number at most 9"],
  [
    "duration:1..5s rows:*..9 rows:3..*",
    "duration:>=1s duration:<=5s rows:>=3 rows:<=9",
    "duration at least 1 s, duration at most 5 s, rows at most 9, rows at least 3",
  ],
  ["rows:7", "rows:>=7 rows:<=7", "rows at least 7, rows at most 7"],
  ["tag:critical metadata.env:prod", "tag:critical metadata.env:prod", "tag critical, metadata env prod"],
  ['metadata."a b".c:x', 'metadata."a b.c":x', "metadata a b.c x"],
  ["ip:192.168.1 ip:10.0.0.0/8", "ip:(192.168.1 OR 10.0.0.0/8)", "IP address 192.168.1 or 10.0.0.0/8"],
  ["ip:cloudtrail.example", "ip:cloudtrail.example", "IP address cloudtrail.example"],
  ["192.168.1 2001:db8::1 fe80::/10", "192.168.1 2001:db8::1 fe80::/10", "text “192.168.1”, text “2001:db8::1”, text “fe80::/10”"],
  ["sales database", "sales database", "text “sales”, text “database”"],
  ['-draft "Q2 report" sal* *base*', '-draft "Q2 report" sal *base*', "not text “draft”, text “Q2 report”, text “sal”, text “…base…”"],
  ["a AND b status:failed", "status:failed a b", "text “a”, text “b”, status failed"],
  ["back\\slash count(*)", null, null],
  ['"say \\"hi\\" \\\\ o"', '"say \\"hi\\" \\\\ o"', 'text “say "hi" \\ o”'],
  ["source:app:airflow", "source:app:airflow", "source app:airflow"],
  ["", "", "all events"],
])("%s", (text, canonical, words) => {
  if (canonical === null) return expect(parseSearch(text).problems).toHaveLength(1);
  const { clauses, problems } = parseSearch(text);
  expect(problems).toEqual([]);
  expect(canonicalSearch(text)).toBe(canonical);
  expect(describeSearch(clauses)).toBe(words);
});

test.each<[string, string, RegExp, string | undefined, string]>([
  // text, the part at fault, the sentence, the mended text, what is understood all the same
  ["statu:failed x", "statu:failed", /no key “statu”\. Did you mean `status:`/, "status:failed x", "x"],
  ["-acter:al", "-acter:al", /Did you mean `actor:`/, "-actor:al", ""],
  ["flavour:mint", "flavour:mint", /no key “flavour”/, '"flavour:mint"', ""],
  ["see http://x.example/a", "http://x.example/a", /no key “http”/, 'see "http://x.example/a"', "see"],
  ["foo.bar:1", "foo.bar:1", /no key “foo\.bar”/, '"foo.bar:1"', ""],
  ["status:fialed", "status:fialed", /knows no “fialed”\. Did you mean `failed`/, "status:failed", ""],
  ["status:(failed OR blue)", "status:(failed OR blue)", /It knows `success`, `failed`, `in_progress`, `pending_approval`/, undefined, ""],
  ["has:changs a", "has:changs", /Did you mean `changes`/, "has:changes a", "a"],
  ["has:(ip OR team)", "has:(ip OR team)", /several of them all hold/, "has:ip has:team", ""],
  ["alice created:2026-01-01 status:failed", "created:2026-01-01", /Set the time range instead/, "alice status:failed", "status:failed alice"],
  ["time:today", "time:today", /Set the time range instead/, "", ""],
  ['resource:"orders', 'resource:"orders', /quotation mark is not closed/, 'resource:"orders"', ""],
  ["actor:(a OR b", "actor:(a OR b", /parenthesis is not closed/, "actor:(a OR b)", ""],
  ["actor:(a b)", "actor:(a b)", /`OR` stands between/, "actor:(a OR b)", ""],
  ["actor:((a))", "actor:((a)", /none within them/, undefined, ""],
  ["actor: x", "actor:", /stands no space/, "actor:x", "x"],
  ["status:", "status:", /such as `success`, `failed`/, undefined, ""],
  ['actor:""', 'actor:""', /needs a value/, undefined, ""],
  ["status:failed OR status:success", "OR", /stand in parentheses/, "status:(failed OR success)", "status:(failed OR success)"],
  ["status:failed OR actor:alice", "OR", /search twice/, "status:failed actor:alice", "status:failed actor:alice"],
  ["(status:failed OR status:success) x", "(status:failed OR status:success)", /values of one key/, "status:(failed OR success) x", "x"],
  ["(alice bob)", "(alice bob)", /values of one key/, "alice bob", ""],
  ["a ) b", ")", /closes nothing/, "a b", "a b"],
  ["NOT draft", "NOT", /minus sign/, "-draft", "draft"],
  ["a -", "-", /excludes what follows/, "a", "a"],
  ["a*b", "a*b", /Within a word/, "a b", ""],
  ["*", "*", /fits every event/, "", ""],
  ["rows:many", "rows:many", /whole number/, undefined, ""],
  ["rows:1.5", "rows:1.5", /whole number/, undefined, ""],
  ["rows:5s", "rows:5s", /whole number/, undefined, ""],
  ["duration:long", "duration:long", /`ms`, `s`, `m` or `h`/, undefined, ""],
  ["-rows:5..9", "-rows:5..9", /range cannot be excluded/, undefined, ""],
  ["ip:10.0.0.0/33", "ip:10.0.0.0/33", /no IP address and no network/, undefined, ""],
  ["ip:999.1.1.1", "ip:999.1.1.1", /no IP address/, undefined, ""],
  ["metadata.env:pro*", "metadata.env:pro*", /compared whole/, 'metadata.env:"pro*"', ""],
  ["metadata:prod", "metadata:prod", /path of a value/, undefined, ""],
  ['actor:"a*"*', 'actor:"a*"*', /either stands for itself or for anything/, 'actor:"a**"', ""],
  ["changed:", "changed:", /names a field/, undefined, ""],
  ["changed:*", "changed:*", /has:changes/, "has:changes", ""],
  ["changed:a:b", "changed:a:b", /An arrow/, "changed:a:→b", ""],
  ["changed:a:→", "changed:a:→", /neither side/, undefined, ""],
  ["changed:a:x*→y", "changed:a:x*→y", /compared whole/, undefined, ""],
])("%s is explained", (text, at, sentence, mended, understood) => {
  const { problems } = parseSearch(text);
  const [problem] = problems;
  expect(text.slice(problem?.from, problem?.to)).toBe(at);
  expect(problem?.message).toMatch(sentence);
  expect(problem?.fix?.text).toBe(mended);
  expect(canonicalSearch(text)).toBe(understood);
});

test("places are those of the text as it stands", () => {
  const text = "  alice  -status:failed seq:5..9 status:success";
  const { parts } = parseSearch(text);
  expect(parts.map(({ from, to }) => text.slice(from, to))).toEqual(["alice", "-status:failed", "seq:", "5..9", "status:success"]);
});

test("every key says what it is, and its example is a search", () => {
  for (const key of searchKeys) {
    expect(keyInfo[key].title).not.toBe("");
    const { clauses, problems } = parseSearch(keyInfo[key].example);
    expect(problems).toEqual([]);
    expect(clauses).not.toEqual([]);
    for (const alias of keyInfo[key].aliases)
      expect(canonicalSearch(keyInfo[key].example.replace(`${key}:`, `${alias.toUpperCase()}:`))).toBe(canonicalSearch(keyInfo[key].example));
    for (const { value, title } of keyInfo[key].values ?? []) {
      expect(parseSearch(`${key}:${value}`).problems).toEqual([]);
      expect(title).toMatch(/^[A-Z]/);
    }
  }
});
