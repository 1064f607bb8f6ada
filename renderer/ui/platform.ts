// What the page knows of its system: only whether it is a Mac, for the names of keys.
export const onMac: boolean = /mac/i.test(navigator.userAgent)
