namespace Guestclock.Checks.Boot;

/// <summary>
/// <c>emergency</c>, which one manual's example has in the place of the C-state parameter: it starts no network and no time service.
/// </summary>
internal static class EmergencyRules
{
    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        var found = context.Arguments.All.FirstOrDefault(a => a is { Value: null, Name: "emergency" }
            || (a.Is("systemd.unit") && a.Value == "emergency.target"));
        if (found is not null)
            yield return new(CheckStatus.Critical, found.Text,
                $"'{found.Text}' boots into emergency mode, without network and time service; it stands in a manual's example by "
                    + "mistake (processor.max_cstate=1 was meant)", found.Text);
    }
}
