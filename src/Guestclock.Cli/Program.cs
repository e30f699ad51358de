return Guestclock.Cli.App.Run(args, Console.Out, Console.Error);
