using Guestclock.Discipline;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Sessions;

/// <summary>Is told what the lab does; from several threads.</summary>
public interface ILabProgress
{
    /// <param name="number">Of this run among all, from 1.</param>
    /// <param name="left">Until all are done, as far as one can say.</param>
    void Begins(PlannedCell cell, int run, int number, int total, TimeSpan left);

    /// <summary>What takes long now, in a few words.</summary>
    void Does(string what);

    /// <param name="seen">The newest reading; null before the first.</param>
    void Sees(TimeSpan sinceBreak, ClockOffset? seen);

    void Ends(RunResult result);
}
