// A page says nothing to the console and asks nothing of anybody.

export const name = 'quiet';

/** Listens from before the page is opened; what it gives back is called when the page has been looked at, and listens no more. */
export function listen(tab, address) {
    const faults = [];
    let opened = false;
    const listeners = {
        console: (message) => faults.push(`console, ${message.type()}: ${message.text()}`),
        pageerror: (error) => faults.push(`error: ${error.message}`),
        dialog: (dialog) => {
            faults.push(`a dialog: ${dialog.message()}`);
            dialog.dismiss();
        },
        request: (request) => {
            if (request.url() === address && !opened) opened = true;
            else faults.push(`asks for ${request.url()}`);
        },
    };
    for (const [event, listener] of Object.entries(listeners)) tab.on(event, listener);
    return () => {
        for (const [event, listener] of Object.entries(listeners)) tab.off(event, listener);
        return faults;
    };
}
