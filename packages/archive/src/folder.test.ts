import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "@daybook/event";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { fileBytesMaxDefault, filesMax, openFolderDoor, readFolder } from "./folder.ts";

const base = realpathSync(mkdtempSync(join(tmpdir(), "daybook-folder-")));
let folder = "";
let count = 0;

beforeEach(() => {
  count += 1;
  folder = join(base, `case-${count}`, "target");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "manifest.json"), '{"nodes":{}}');
  writeFileSync(join(base, `case-${count}`, "secret.txt"), "outside");
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

const read = (name: string, bytesMax?: number) => readFolder({}, folder, [{ name, bytesMax }]);

async function refusalOf(reading: Promise<unknown>): Promise<Refusal> {
  const error = await reading.then(() => undefined).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).code).toBe("invalid");
  expect((error as Refusal).message).toMatch(/\.$/);
  return error as Refusal;
}

test("files that are there come as text, others as undefined", async () => {
  writeFileSync(join(folder, "run_results.json"), "\uFEFFé");
  expect(await readFolder({}, folder, [{ name: "manifest.json" }, { name: "run_results.json" }, { name: "catalog.json" }])).toEqual({
    "manifest.json": '{"nodes":{}}',
    "run_results.json": "é",
    "catalog.json": undefined,
  });
});

test("an empty file is an empty text, and a file of several chunks comes whole", async () => {
  const long = "0123456789abcdef".repeat(200_000);
  writeFileSync(join(folder, "empty.json"), "");
  writeFileSync(join(folder, "long.json"), long);
  const content = await readFolder({}, folder, [{ name: "empty.json" }, { name: "long.json" }]);
  expect(content["empty.json"]).toBe("");
  expect(content["long.json"] === long).toBe(true);
});

describe("a folder that cannot be read is refused with a sentence that says why", () => {
  test("it does not exist", async () => {
    expect((await refusalOf(readFolder({}, join(folder, "nowhere"), []))).message).toBe(`The folder ${join(folder, "nowhere")} does not exist on this server.`);
  });

  test("it is a file, or leads through one", async () => {
    expect((await refusalOf(readFolder({}, join(folder, "manifest.json"), []))).message).toContain("is a file");
    expect((await refusalOf(readFolder({}, join(folder, "manifest.json", "x"), []))).message).toContain("leads through a file");
  });

  test("it is a link to itself", async () => {
    symlinkSync(join(folder, "loop"), join(folder, "loop"));
    expect((await refusalOf(readFolder({}, join(folder, "loop"), []))).message).toContain("leads to itself");
  });

  test.each(["", "target", "./target", "../target", "/srv/\0/target", `/${"x".repeat(5_000)}`])("%j is no whole path", async (path) => {
    expect((await refusalOf(readFolder({}, path, []))).message).toContain("whole path");
  });

  test("a part of its path is longer than any file system allows", async () => {
    expect((await refusalOf(readFolder({}, `/${"x".repeat(300)}`, []))).message).toContain("too long");
  });
});

describe("a file is read only when it is one, of bounded size, in the folder itself", () => {
  test.each(["../secret.txt", "/etc/passwd", "sub/manifest.json", "..", ".", "", ".env", "a\0b", "__proto__", "a\\b", "x".repeat(300)])(
    "the name %j is refused",
    async (name) => {
      expect((await refusalOf(read(name))).message).toContain("no plain file name");
    },
  );

  test("one byte more than allowed is too much", async () => {
    expect(await read("manifest.json", 12)).toEqual({ "manifest.json": '{"nodes":{}}' });
    expect((await refusalOf(read("manifest.json", 11))).message).toBe("manifest.json is larger than 11 bytes, the most that is read.");
  });

  test("without a bound of its own a file has the default", async () => {
    truncateSync(join(folder, "manifest.json"), fileBytesMaxDefault + 1);
    expect((await refusalOf(read("manifest.json"))).message).toBe("manifest.json is larger than 64 MB, the most that is read.");
  });

  test("a folder of the wanted name is no file", async () => {
    mkdirSync(join(folder, "catalog.json"));
    expect((await refusalOf(read("catalog.json"))).message).toBe("catalog.json is not a file.");
  });

  test("a pipe of the wanted name does not hold the reader", async () => {
    execFileSync("mkfifo", [join(folder, "pipe.json")]);
    expect((await refusalOf(read("pipe.json"))).message).toBe("pipe.json is not a file.");
  });

  test("a link out of the folder is not followed, a link within it is, a link to nothing is no file", async () => {
    symlinkSync("../secret.txt", join(folder, "out.json"));
    symlinkSync("manifest.json", join(folder, "in.json"));
    symlinkSync("gone.json", join(folder, "dangling.json"));
    expect((await refusalOf(read("out.json"))).message).toContain("a link to a file outside its folder");
    expect(await read("in.json")).toEqual({ "in.json": '{"nodes":{}}' });
    expect(await read("dangling.json")).toEqual({ "dangling.json": undefined });
  });

  test("a sibling whose name begins with the folder's is outside", async () => {
    mkdirSync(`${folder}-other`);
    writeFileSync(join(`${folder}-other`, "x.json"), "outside");
    symlinkSync(join(`${folder}-other`, "x.json"), join(folder, "x.json"));
    await refusalOf(read("x.json"));
  });

  test("bytes that are no UTF-8 are refused", async () => {
    appendFileSync(join(folder, "manifest.json"), Buffer.from([0xff, 0xfe]));
    expect((await refusalOf(read("manifest.json"))).message).toBe("manifest.json is not UTF-8 text.");
  });

  test("more files than the bound are not begun", async () => {
    await refusalOf(
      readFolder(
        {},
        folder,
        Array.from({ length: filesMax + 1 }, () => ({ name: "manifest.json" })),
      ),
    );
  });
});

describe("a host that names its roots is read only below them", () => {
  const wanted = [{ name: "manifest.json" }];

  test("the root itself and what is below it", async () => {
    for (const root of [folder, join(folder, ".."), base, "/"])
      expect(await openFolderDoor({ allowedRoots: ["/nowhere", root] }).read(folder, wanted)).toHaveProperty("manifest.json");
  });

  test("nothing else, by text, by dots or by link, and without telling whether it exists", async () => {
    const door = openFolderDoor({ allowedRoots: [join(folder, "sub")] });
    mkdirSync(join(folder, "sub"));
    symlinkSync(folder, join(folder, "sub", "link"));
    for (const path of [folder, `${join(folder, "sub")}/..`, join(folder, "sub", "link"), `${join(folder, "sub")}ling`, "/nowhere/at/all"])
      expect((await refusalOf(door.read(path, wanted))).message).toContain("outside the folders that this server lets Daybook read");
  });

  test("a root that is a link allows what it leads to", async () => {
    symlinkSync(folder, join(base, `root-${count}`));
    const door = openFolderDoor({ allowedRoots: [join(base, `root-${count}`)] });
    for (const path of [join(base, `root-${count}`), folder]) expect(await door.read(path, wanted)).toHaveProperty("manifest.json");
  });

  test("an empty list allows every folder", async () => {
    expect(await openFolderDoor({ allowedRoots: [] }).read(folder, wanted)).toHaveProperty("manifest.json");
  });
});
