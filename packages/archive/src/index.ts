/**
 * The door to stored objects: today, files that another tool left in a folder of this server. It reads them within bounds and hands over their
 * text; it will never know what a file means, and it writes nothing.
 */
export * from "./folder.ts";
