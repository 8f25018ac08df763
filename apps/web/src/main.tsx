import { mount } from "./mount.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
mount(root);
