using Guestclock.Cli;
using Guestclock.Linux.Native;

return App.Run(args, StandardStreams.Output(), StandardStreams.Error(), Terminal.Current());
