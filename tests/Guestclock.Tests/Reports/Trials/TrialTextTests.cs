using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Reports.Trials;
using Guestclock.Reports;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;
using Guestclock.Trials;

namespace Guestclock.Tests.Reports.Trials;

public class TrialTextTests
{
    private static string Text(KvmEvidence evidence, bool verbose = false) => Text(ProbeReport.Of(evidence, Policy.Default), verbose);

    private static string Text(TrialReport report, bool verbose = false)
    {
        using var output = new StringWriter();
        TrialText.Write(report, output, TextLayout.Plain, verbose);
        var text = output.ToString();
        Assert.DoesNotContain(text.Split('\n'), l => l.Length > 80 && !l.StartsWith("    guestclock fix", StringComparison.Ordinal));
        Assert.DoesNotContain(text.Split('\n'), l => l.EndsWith(' '));
        return text;
    }

    private static TrialReport Report(params IReadOnlyList<TrialFinding> findings) =>
        new("all is sound", ["host1", "kernel 6.1"], [.. findings.Select((f, i) => new JudgedTrial($"trial-{i}", "Something holds", i == 0, f))]);

    [Fact]
    public void A_sound_host_is_said_to_be_so_first()
    {
        var text = Text(SomeKvm.Sound);
        Assert.StartsWith("OK  KVM on this host gives guests a sound clock.\n\nhost1 · kernel 6.1.0-30-amd64 · ", text, StringComparison.Ordinal);
        Assert.Contains("\npass clock-rate: a guest's clock runs as the host's raw clock (-22 ppb ± 130\n  ppb)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told_with_figures_in_columns_its_meaning_and_its_repair()
    {
        var finding = new TrialFinding(CheckStatus.Warning, "the clock is wrong", [new("offset", -1_250_000, "ns", 3_000), new("reads", 12, "")], "it was set so")
        {
            Means = new("guests are wrong", null, "guests stay wrong"),
            Fix = "clock-source",
        };
        Assert.Equal("""
            WARNING  the clock is wrong.
                     Worst property: trial-1

            host1 · kernel 6.1

            WARNING trial-1
              the clock is wrong (it was set so).
                offset  -1.25 ms ± 3.00 µs
                reads      12
              Linux: guests are wrong.
              Migration: guests stay wrong.
              Fix: Switches the kernel's clock to the source that suits the machine
                (clock-source), if it can:
                guestclock fix --only clocksource-suitable clocksource-not-demoted tsc-stable

            pass trial-0: right

            1 passed (--verbose shows figures and what they mean).

            """, Text(Report(TrialFinding.Pass("right"), finding)));
    }

    [Fact]
    public void An_architecture_whose_clocks_are_not_tested_is_not_called_sound()
    {
        var arm = SomeKvm.Sound with { Host = SomeKvm.Sound.Host with { Architecture = Some.Known("aarch64") } };
        Assert.StartsWith("OK  KVM makes virtual machines; the clocks of this architecture are not tested.\n", Text(arm), StringComparison.Ordinal);
    }

    [Fact]
    public void One_reason_of_many_unknown_properties_is_told_once()
    {
        var text = Text(SomeKvm.Without(FactState.Denied, "/dev/kvm: Permission denied"));
        Assert.StartsWith("UNKNOWN  this user may not open /dev/kvm, which belongs to the group kvm", text, StringComparison.Ordinal);
        Assert.Contains("\nunknown kvm-usable: /dev/kvm: Permission denied\nunknown master-clock, clock-pair,", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("\nunknown ").Length - 1);
    }

    [Fact]
    public void Verbose_shows_what_does_not_apply_and_the_figures_of_all()
    {
        var text = Text(Report(TrialFinding.Pass("right", new Figure("ratio", 0.25, ""), new Figure("rate", 2_596_119.98, "kHz", 0.4), new Figure("error", 12.345, "ppm")), TrialFinding.NotApplicable("no such clock")), verbose: true);
        Assert.Contains("not applicable trial-1: no such clock\n", text, StringComparison.Ordinal);
        Assert.Contains("    ratio        0.25\n    rate   2596119.98 kHz ± 0.4 kHz\n    error        12.3 ppm\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_tested_is_nothing_sound()
    {
        Assert.StartsWith("UNKNOWN  nothing was tested.", Text(Report()), StringComparison.Ordinal);
        Assert.StartsWith("UNKNOWN  nothing could be judged.", Text(Report(TrialFinding.NotApplicable("no"), TrialFinding.Unknown("not known", "why"))), StringComparison.Ordinal);
        Assert.StartsWith("OK  all is sound as far as can be seen; 1 property could not be judged.", Text(Report(TrialFinding.Pass("right"), TrialFinding.Unknown("not known", "why"))), StringComparison.Ordinal);
    }
}
