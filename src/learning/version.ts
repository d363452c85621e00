/** Version of the package, written into models and checkpoints. A test keeps it equal to `package.json`. */
export const PACKAGE_VERSION = '0.1.0';
