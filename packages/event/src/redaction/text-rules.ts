import { assignedSecretRule } from "./assigned-secret.ts";
import { cardNumberRule } from "./card-number.ts";
import { hasDigits, hasRun, hasSign, hasSpace, surveyText } from "./survey.ts";
import type { TextRule } from "./text-rule.ts";
import { byPattern, spansMax } from "./text-rule.ts";

// Examples are put together here, so that no scanner of this repository takes them for real.
const filler = (length: number) => "a1B2c3D4e5".repeat(Math.ceil(length / 10)).slice(0, length);
const hexadecimal = (length: number) => "0a1b2c3d4e5f6789".repeat(Math.ceil(length / 16)).slice(0, length);

/** A word may be joined to a token by `_` or `-`, as importers join the words of an action. */
const token = (...alternatives: string[]) => byPattern(new RegExp(`(?<![A-Za-z0-9])(?:${alternatives.join("|")})`, "g"));

const privateKeyBegin = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const privateKeyEnd = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;

const privateKey: TextRule = {
  id: "text.private_key",
  title: "Private keys",
  hit: `-----BEGIN RSA PRIVATE ${"KEY"}-----\n${filler(20)}\n-----END RSA PRIVATE KEY-----`,
  miss: `-----BEGIN CERTIFICATE-----\n${filler(20)}\n-----END CERTIFICATE-----`,
  find(text) {
    const spans = [];
    privateKeyBegin.lastIndex = 0;
    for (let begin = privateKeyBegin.exec(text); begin !== null && spans.length < spansMax; begin = privateKeyBegin.exec(text)) {
      privateKeyEnd.lastIndex = privateKeyBegin.lastIndex;
      const found = privateKeyEnd.exec(text);
      // A key whose end was cut off goes to the end of the text.
      const end = found ? found.index + found[0].length : text.length;
      spans.push({ start: begin.index, end });
      privateKeyBegin.lastIndex = end;
    }
    return spans;
  },
};

const signedToken: TextRule = {
  id: "text.jwt",
  title: "Signed web tokens (JWT)",
  hit: `eyJ${filler(12)}.eyJ${filler(12)}.${filler(12)}`,
  miss: "com.eyJournal.eyJohn",
  // Behind the header stands a claim, or, where it is encrypted (JWE), four parts more. None of its own characters before it: so each run is looked at once, from its beginning.
  find: byPattern(
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.(?:eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]{0,8192})?|[A-Za-z0-9_-]{0,2048}(?:\.[A-Za-z0-9_-]{16,}){3})/g,
  ),
};

const vendorTokens: readonly TextRule[] = [
  {
    id: "text.daybook_token",
    title: "Daybook's own tokens",
    hit: `dbk_live_ws${filler(49)}`,
    miss: "dbk_live_ws",
    find: token("dbk_[a-z]{1,10}_[a-z]{2}[A-Za-z0-9]{40,}"),
  },
  {
    id: "text.github_token",
    title: "GitHub tokens",
    hit: `ghp_${filler(36)}`,
    miss: "ghp_is_a_prefix",
    find: token("gh[pousr]_[A-Za-z0-9]{36,}", "github_pat_[A-Za-z0-9_]{50,}"),
  },
  {
    id: "text.gitlab_token",
    title: "GitLab tokens",
    hit: `glpat-${filler(20)}`,
    miss: "glpat-short",
    find: token("gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas|ffct)-[A-Za-z0-9_=-]{20,}"),
  },
  {
    id: "text.slack_token",
    title: "Slack tokens and webhook addresses",
    hit: `https://hooks.slack.com/services/T0000/B0000/${filler(20)}`,
    miss: "https://hooks.slack.com/",
    find: token("xox[abeoprs]-[A-Za-z0-9-]{10,}", "xapp-\\d-[A-Za-z0-9-]{10,}", "hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}"),
  },
  {
    id: "text.stripe_key",
    title: "Stripe keys",
    hit: `sk_live_${filler(24)}`,
    miss: "pk_live_1234 is public",
    find: token("[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", "whsec_[A-Za-z0-9+/=]{24,}"),
  },
  {
    id: "text.aws_session_token",
    title: "AWS session tokens",
    hit: `FwoGZXIvYXdz${filler(110)}`,
    miss: "ASIAEXAMPLE000000000 is an id",
    find: token("(?:FwoGZXIvYXdz|IQoJb3JpZ2lu|FQoGZXIvYXdz|AQoDYXdz)[A-Za-z0-9/+=]{80,}"),
  },
  {
    id: "text.google_key",
    title: "Google API keys and OAuth tokens",
    hit: `AIza${filler(35)}`,
    miss: "AIzaak",
    find: token("AIza[0-9A-Za-z_-]{35}", "GOCSPX-[A-Za-z0-9_-]{20,}", "ya29\\.[A-Za-z0-9_-]{20,}", "1//0[A-Za-z0-9_-]{40,}"),
  },
  {
    id: "text.model_key",
    title: "Keys of OpenAI, Anthropic and Hugging Face",
    hit: `sk-proj-${filler(40)}`,
    miss: "sk-learn-pipeline",
    find: token("sk-(?:proj|svcacct|admin|ant-[a-z0-9]{1,10})-[A-Za-z0-9_-]{20,}", "sk-[A-Za-z0-9]{40,}", "hf_[A-Za-z0-9]{30,}"),
  },
  {
    id: "text.registry_token",
    title: "Tokens of npm, PyPI and Docker Hub",
    hit: `npm_${filler(36)}`,
    miss: "npm_config_registry",
    find: token("npm_[A-Za-z0-9]{36}", "pypi-AgE[A-Za-z0-9_-]{50,}", "dckr_pat_[A-Za-z0-9_-]{20,}"),
  },
  {
    id: "text.mail_and_phone_key",
    title: "Keys of SendGrid and Twilio",
    hit: `SG.${filler(22)}.${filler(43)}`,
    miss: "SG.Singapore",
    find: token("SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{32,}", "SK[0-9a-f]{32}(?![0-9A-Za-z])"),
  },
  {
    id: "text.data_platform_token",
    title: "Tokens of Databricks, dbt Cloud, HashiCorp Vault, DigitalOcean, Shopify and Atlassian",
    hit: `dapi${hexadecimal(32)}`,
    miss: "dapi-abc123def456",
    find: token(
      "dapi[0-9a-f]{32}",
      "dbt[cu]_[A-Za-z0-9_-]{20,}",
      "hv[sbr]\\.[A-Za-z0-9_-]{24,}",
      "do[opr]_v1_[0-9a-f]{64}",
      "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
      "ATATT3[A-Za-z0-9_=-]{60,}",
    ),
  },
];

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** `Basic dXNlcjpwYXNz` says "user:pass"; `Basic authentication` says nothing. */
function holdsPair(base64: string): boolean {
  let bits = 0;
  let held = 0;
  for (const sign of base64.replace(/=/g, "")) {
    bits = ((bits << 6) | base64Alphabet.indexOf(sign)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    const byte = (bits >> held) & 0xff;
    if (byte === 0x3a) return true;
    if (byte < 0x20) return false;
  }
  return false;
}

const basicCredentials: TextRule = {
  id: "text.basic_credentials",
  title: "Credentials of HTTP Basic",
  hit: "Authorization: Basic dXNlcjpodW50ZXIy",
  miss: "Basic authentication",
  find: byPattern(/(\bbasic\s{1,4})[A-Za-z0-9+/]{6,2048}={0,2}/gi, holdsPair),
};

const bearerToken: TextRule = {
  id: "text.bearer_token",
  title: "Bearer tokens and headers that carry a key",
  hit: `Bearer ${filler(24)}`,
  miss: "Bearer authentication is required",
  find: byPattern(
    /(\bbearer\s{1,4}|\b(?:proxy-)?authorization:\s{0,4}(?:token\s{1,4}|apikey\s{1,4})?|\bx-(?:api|auth)-(?:key|token):\s{0,4})[A-Za-z0-9._~+/=-]{16,8192}/gi,
    (secret) => /\d/.test(secret),
  ),
};

const cookies: TextRule = {
  id: "text.cookie",
  title: "Cookie headers",
  hit: "Cookie: theme=dark; session=abc123",
  miss: "cookie: accepted",
  find: byPattern(/(\b(?:set-)?cookie:\s{0,4}(?=[^=\r\n;]{1,128}=))[^\r\n]{1,8192}/gi),
};

const urlPassword = byPattern(/(:\/\/[^\s/?#:@"'<>]{0,128}:)[^\s/?#"'<>]{1,512}(?=@)/g);
const oraclePassword = byPattern(/(\bjdbc:oracle:\w{1,8}:[^\s/@:"']{1,128}\/)[^\s/@"']{1,256}(?=@)/gi);

const passwordInUrl: TextRule = {
  id: "text.url_password",
  title: "Passwords in addresses",
  hit: "postgres://app:hunter2@db.example:5432/app",
  miss: "https://db.example:5432/users/@bob",
  find: (text) => [...urlPassword(text), ...oraclePassword(text)],
};

const passwordBehindMail: TextRule = {
  id: "text.mail_password",
  title: "E-mail addresses with their password",
  hit: "bob@example.com:hunter2",
  miss: "git@example.com:acme/site1.git",
  find: byPattern(/((?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}:)[^\s:/,;"'<>]{5,128}(?![^\s,;"'<>])/g, (secret) => {
    return /[a-z]/i.test(secret) && /[\d!#$%^&*]/.test(secret);
  }),
};

const userFlag = byPattern(/((?:^|\s)(?:-u|--user|--proxy-user)[\s=]\s{0,3}["']?[^\s:"']{1,128}:)[^\s"'$%{<][^\s"']{0,511}/g);
const mysqlFlag = byPattern(/(\s-p["']?)[^\s"'/$%{<-][^\s"']{0,255}/g);
const sshpassFlag = byPattern(/(\bsshpass\s{1,4}-p\s{0,4}["']?)[^\s"'$%{<][^\s"']{0,255}/g);

const passwordInCommand: TextRule = {
  id: "text.command_password",
  title: "Passwords behind the flags of curl, mysql and sshpass",
  hit: "curl -u bob:hunter2 https://example.com",
  miss: "docker run -u 1000:1000 -p 8080:80 app",
  find: (text) => [
    ...(/\bcurl\s/.test(text) ? userFlag(text) : []),
    ...(/\b(?:mysql|mysqldump|mysqladmin|mariadb)\s/.test(text) ? mysqlFlag(text) : []),
    ...sshpassFlag(text),
  ],
};

/** Tokens and keys that are known by their own look. */
const runRules: readonly TextRule[] = [privateKey, signedToken, ...vendorTokens];
/** Secrets that are known by what stands before them. */
const signRules: readonly TextRule[] = [basicCredentials, bearerToken, cookies, passwordInUrl, passwordBehindMail, passwordInCommand, assignedSecretRule];

/** In the order in which they are tried. */
export const textRules: readonly TextRule[] = [...runRules, ...signRules, cardNumberRule];

/** What the rules of a group need to see at least; a test holds every rule to it. */
const anyRun =
  /-----BEGIN|eyJ|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|slack\.com\/|[sr]k_|whsec_|F[wQ]oGZXIv|IQoJb3|AQoDYXdz|AIza|GOCSPX|ya29|1\/\/0|sk-|hf_|npm_|pypi-|dckr_|SG\.|SK[0-9a-f]{8}|dbk_|dapi|dbt[cu]_|hv[sbr]\.|do[opr]_v1|shp[a-z]{2}_|ATATT/;
const anySign =
  /passw|pass\s{0,4}=|passp|pwd|secret|key["'\]`\\\s]{0,6}[=:]|token["'\]`\\\s]{0,6}[=:']|credentials|identified|[?&;-]sig(?:=|n)|uthorization:|cookie:|x-(?:api|auth)-|:\/\/[^\s/?#]{0,640}@|@[^:\s]{1,255}:|jdbc:oracle:/i;
/** These stand before a space, without a sign. */
const anyWord =
  /(?:[bB](?:asic|earer)|BASIC|BEARER|identified|IDENTIFIED)\s|(?<![\w-])--?[a-z-]{0,20}(?:pass[a-z]{1,6}|secret|token|key)\s|\b(?:curl|sshpass|mysql(?:dump|admin)?|mariadb)\s/;

const noRules: readonly TextRule[] = [];

/** The rules that are worth trying on a text. */
export function rulesFor(text: string): readonly TextRule[] {
  const marks = surveyText(text);
  const run = (marks & hasRun) !== 0 && anyRun.test(text);
  const signs = ((marks & hasSign) !== 0 && anySign.test(text)) || ((marks & hasSpace) !== 0 && anyWord.test(text));
  const digits = (marks & hasDigits) !== 0;
  if (!run && !signs && !digits) return noRules;
  return [...(run ? runRules : []), ...(signs ? signRules : []), ...(digits ? [cardNumberRule] : [])];
}
