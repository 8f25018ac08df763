import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, LaunchOptions } from "playwright-core";

/**
 * A browser on any machine: Debian's where it is installed, else the one that came with npm. That one is built for Amazon's
 * function hosts, so three things are done for it here that it does by itself only there: it is unpacked to a folder of ours,
 * gets the system libraries it carries where the machine has none (libnss3, libnspr4, libexpat), and the font it carries
 * where the machine has none. Its own list of arguments is not used: it disables web security and runs in one process.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const installed = installedChromium();
  // Loaded when asked for: every database test imports this package, few need a browser.
  const { chromium } = await import("playwright-core");
  const { executablePath, env } = installed ?? (await packagedChromium());
  return chromium.launch({
    ...options,
    executablePath,
    args: ["--no-sandbox", "--headless=shell", "--force-color-profile=srgb", ...(options.args ?? [])],
    env: { ...process.env, ...env, ...options.env },
  });
}

interface Program {
  executablePath: string;
  env: Record<string, string>;
}

function installedChromium(): Program | null {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((candidate) => existsSync(candidate));
  return path === undefined ? null : { executablePath: path, env: {} };
}

async function packagedChromium(): Promise<Program> {
  const folder = await unpacked();
  const executablePath = join(folder, "chromium");
  const libraries = { LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":") };
  const plain = spawnSync(executablePath, ["--version"]).status === 0;
  if (!plain && spawnSync(executablePath, ["--version"], { env: { ...process.env, ...libraries } }).status !== 0) {
    const said = spawnSync(executablePath, ["--version"], { encoding: "utf8", env: { ...process.env, ...libraries } });
    throw new Error(
      `The Chromium from npm does not start on this machine: ${said.error?.message ?? said.stderr.trim()}. Installing the system's \`chromium\` helps.`,
    );
  }
  return { executablePath, env: { ...(plain ? {} : libraries), ...(hasFonts() ? {} : { FONTCONFIG_FILE: join(folder, "fonts.conf") }) } };
}

/** Unpacked once per version and user (1.5 s), whole or not at all: several test files may ask at the same time. */
async function unpacked(): Promise<string> {
  const packageRoot = dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
  const { version } = createRequire(import.meta.url)(join(packageRoot, "package.json")) as { version: string };
  const target = join(tmpdir(), `daybook-chromium-${version}-${userInfo().uid}`);
  if (existsSync(target)) return target;
  const partial = mkdtempSync(`${target}.`);
  await inflateInto(partial, join(packageRoot, "bin"));
  writeFileSync(join(partial, "fonts.conf"), fontSettings(target));
  try {
    renameSync(partial, target);
  } catch {
    // Another file of this run was faster.
    rmSync(partial, { recursive: true });
  }
  return target;
}

/** The package unpacks into the temporary folder, which it looks up when it is called, before its first wait. */
async function inflateInto(folder: string, archives: string): Promise<void> {
  const { inflate } = await import("@sparticuz/chromium");
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  let unpacking: Promise<string>[];
  try {
    unpacking = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"].map((name) => inflate(join(archives, name)));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await Promise.all(unpacking);
}

function hasFonts(): boolean {
  return ["/usr/share/fonts", "/usr/local/share/fonts"].some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

function fontSettings(folder: string): string {
  const cache = join(folder, "font-cache");
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${join(folder, "fonts")}</dir><cachedir>${cache}</cachedir></fontconfig>\n`;
}
