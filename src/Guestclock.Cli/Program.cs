using Guestclock.Cli;

return App.Run(args, Console.Out, Console.Error, Terminal.Current());
