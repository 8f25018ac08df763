import { createElement, type ReactNode, type SVGProps } from "react";

interface IconData {
  node: readonly (readonly [tag: string, shape: Readonly<Record<string, string>>])[];
}
type IconProps = SVGProps<SVGSVGElement> & { size?: number | string };

const isNamed = (props: object): boolean => Object.keys(props).some((prop) => prop === "role" || prop === "title" || prop.startsWith("aria-"));

/**
 * Draws what Lucide's icons are made of; the build puts it in the place of Lucide's own. That one can do more than the console asks of it and weighs as much
 * as fifteen icons; it also makes an icon's shapes anew at each drawing, here they are made once.
 */
export default function createLucideIcon({ node }: IconData) {
  const shapes: ReactNode[] = node.map(([tag, shape]) => createElement(tag, shape));
  return function LucideIcon({ size = 24, ...rest }: IconProps) {
    const look = { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 2, strokeLinecap: "round", strokeLinejoin: "round" } as const;
    return createElement("svg", { width: size, height: size, ...look, "aria-hidden": isNamed(rest) ? undefined : true, ...rest }, ...shapes);
  };
}
