import { serverBundle } from "../../vite.server.ts";

export default serverBundle({ app: import.meta.dirname, assets: ["migrations", "fixtures"] });
