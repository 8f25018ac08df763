/**
 * Keys whose value is a secret. Names are compared whole, without case and without what is no letter or digit: of the key names in real audit
 * data that contain "secret", "token" or "password", nine in ten hold none (`nextToken`, `secretId`, `passwordExpiry`, `httpTokens`).
 */
export interface KeyRule {
  id: string;
  title: string;
  /** Whole names. */
  names: readonly string[];
  /** The last words of longer names, such as `dbPassword`. Only words that end no name of another meaning in the samples. */
  endings: readonly string[];
  /** `anything`: numbers, lists and objects go as well. `texts`: an object under the key describes the secret, and only its texts named `value` go. */
  takes: "anything" | "texts";
  /** Keys for the page of rules: one whose value goes, one that looks alike and stays. */
  hit: string;
  miss: string;
}

export const keyRules: readonly KeyRule[] = [
  {
    id: "key.password",
    title: "Keys of passwords",
    names: [
      "password",
      "passwd",
      "pwd",
      "passphrase",
      "passcode",
      "passwordhash",
      "passwordsalt",
      "otp",
      "totp",
      "mfacode",
      "recoverycode",
      "recoverycodes",
      "backupcode",
      "backupcodes",
      "dbpass",
      "smtppass",
      "userpass",
      "dbpwd",
    ],
    endings: ["password", "passwd", "passphrase", "passwordconfirmation", "passwordconfirm"],
    takes: "anything",
    hit: "masterUserPassword",
    miss: "passwordExpiry",
  },
  {
    id: "key.secret",
    title: "Keys of secrets",
    names: ["secret", "secrets", "secretstring", "secretbinary", "secretvalue", "totpsecret", "credential", "credentials", "signingkey", "hmackey"],
    endings: [
      "clientsecret",
      "webhooksecret",
      "signingsecret",
      "sharedsecret",
      "appsecret",
      "apisecret",
      "consumersecret",
      "jwtsecret",
      "sessionsecret",
      "tokensecret",
      "secretkey",
      "secretaccesskey",
    ],
    takes: "texts",
    hit: "clientSecret",
    miss: "secretId",
  },
  {
    id: "key.token",
    title: "Keys of tokens",
    names: ["token", "tokenvalue", "idtoken", "apitoken", "xamzsecuritytoken", "securitytoken", "csrftoken", "xsrftoken", "xcsrftoken", "xxsrftoken", "jwt"],
    endings: [
      "accesstoken",
      "refreshtoken",
      "sessiontoken",
      "bearertoken",
      "authtoken",
      "sastoken",
      "githubtoken",
      "gitlabtoken",
      "slacktoken",
      "bottoken",
      "resettoken",
      "verificationtoken",
      "invitetoken",
      "apikey",
    ],
    takes: "texts",
    hit: "sessionToken",
    miss: "nextToken",
  },
  {
    id: "key.authorization",
    title: "Headers that sign a request in",
    names: ["authorization", "proxyauthorization", "xapikey", "clientassertion", "samlresponse", "codeverifier"],
    endings: [],
    // As an object it tells of a decision: Azure's activity log has the action and the scope there.
    takes: "texts",
    hit: "Authorization",
    miss: "authorizationInfo",
  },
  {
    id: "key.cookie",
    title: "Keys of cookies",
    names: ["cookie", "cookies", "setcookie"],
    endings: [],
    takes: "anything",
    hit: "Set-Cookie",
    miss: "cookieConsent",
  },
  {
    id: "key.private_key",
    title: "Keys of private keys and storage accounts",
    names: ["keymaterial", "accountkey", "sharedaccesskey", "storageaccountkey", "connectionstring"],
    endings: ["privatekey", "connectionstring"],
    takes: "texts",
    hit: "connectionString",
    miss: "accessKeyId",
  },
  {
    id: "key.card",
    title: "Keys of payment cards",
    names: ["cardnumber", "creditcardnumber", "creditcard", "cvv", "cvv2", "cvc"],
    endings: [],
    takes: "anything",
    hit: "cardNumber",
    miss: "cardType",
  },
];

const longestName = 64;
const byName = new Map(keyRules.flatMap((rule) => rule.names.map((name) => [name, rule] as const)));
const byEnding = keyRules.flatMap((rule) => rule.endings.map((ending) => [ending, rule] as const));

/** How key names are compared: `Api-Key`, `api_key` and `apiKey` are one. */
export const plainKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

export function keyRuleOf(key: string): KeyRule | null {
  if (key.length > 2 * longestName) return null;
  const plain = plainKey(key);
  return byName.get(plain) ?? byEnding.find(([ending]) => plain.endsWith(ending))?.[1] ?? null;
}

/** A list of pairs, `{"name": "password", "value": "…"}`, has its keys in values. */
const nameMembers = ["name", "Name", "key", "Key", "displayName", "DisplayName", "field", "Field"] as const;
const valueMembers = new Set(["value", "values", "newvalue", "oldvalue", "stringvalue", "multivalue", "before", "after", "from", "to"]);

/** What is found for the name that a record gives its value. */
export function firstOfPair<Found>(record: { readonly [key: string]: unknown }, find: (name: string) => Found | null): Found | null {
  for (const member of nameMembers) {
    const name = record[member];
    const found = typeof name === "string" ? find(name) : null;
    if (found !== null) return found;
  }
  return null;
}

export const isValueMember = (key: string): boolean => valueMembers.has(plainKey(key));
