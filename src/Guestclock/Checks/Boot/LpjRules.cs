namespace Guestclock.Checks.Boot;

/// <summary><c>lpj=</c>: loops per jiffy, which the kernel otherwise calibrates (init/calibrate.c).</summary>
internal static class LpjRules
{
    public static bool IsNumber(string? value) =>
        value is { Length: > 0 and < 19 } && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && value.AsSpan().Trim('0').Length > 0;

    public static IEnumerable<ParameterRemark> Judge(ParameterContext context)
    {
        if (context.Arguments.Find("lpj") is not { } lpj)
            yield break;
        if (!IsNumber(lpj.Value))
        {
            // The kernel takes it for 0, which means: calibrate. What the table wants by it is then not there.
            var wanted = context.HostConstantTsc == false && context.TableAsksFor("lpj=");
            var how = context.CalibratedLpj is { } number
                ? $"this kernel calibrated lpj={number}"
                : "boot once without it and read the number after 'lpj=' in: dmesg | grep 'Calibrating delay'";
            yield return new(wanted ? CheckStatus.Critical : CheckStatus.Warning, lpj.Text,
                $"'{lpj.Text}' is wrong: the manuals' n stands for a number, and the kernel ignores anything else; {how}",
                lpj.Text, context.CalibratedLpj is { } n && context.TableAsksFor("lpj=") ? $"lpj={n}" : null);
        }
        else if (context.CalibratedLpj is { } calibrated && Far(long.Parse(lpj.Value!), calibrated))
        {
            yield return new(CheckStatus.Warning, lpj.Text, $"'{lpj.Text}' is not what this CPU needs: the kernel calibrated "
                + $"lpj={calibrated}, so delays of drivers are wrong",
                lpj.Text, context.TableAsksFor("lpj=") ? $"lpj={calibrated}" : null);
        }
        else if (!context.TableAsksFor("lpj="))
        {
            yield return new(CheckStatus.Info, lpj.Text, $"'{lpj.Text}' is of no use here: this kernel knows the value by itself, and "
                + "the number is wrong after a move to another CPU", lpj.Text);
        }
    }

    // Calibrations of one CPU differ by less than a percent; twenty are another CPU or a slip of the pen.
    private static bool Far(long value, string calibrated) =>
        long.TryParse(calibrated, out var right) && right is > 0 and < 1_000_000_000_000 && Math.Abs(value - right) > right / 5;
}
