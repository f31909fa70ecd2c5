/** Style sheets are imported for their effect alone; the build collects them into one file. */
declare module '*.css'
