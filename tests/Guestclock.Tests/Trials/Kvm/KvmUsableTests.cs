using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Testing;
using Guestclock.Trials.Kvm;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Trials.Kvm;

public class KvmUsableTests() : KvmTrialTests(new KvmUsable())
{
    public static TheoryData<KvmRow> Rows =>
    [
        new KvmRow("sound", SomeKvm.Sound, CheckStatus.Pass, "API version 12"),
        new KvmRow("another API", SomeKvm.With(k => k with { ApiVersion = Some.Known(11L) }), CheckStatus.Critical, "programs expect 12"),
        new KvmRow("no device, flag is there", SomeKvm.Without(FactState.Missing, "/dev/kvm: No such file or directory") with { Host = SomeKvm.Sound.Host with { LoadedModules = Some.List<string>() } }, CheckStatus.Unknown, "modprobe kvm_intel"),
        new KvmRow("no device on AMD", Bare("svm"), CheckStatus.Unknown, "modprobe kvm_amd"),
        new KvmRow("no flag", Bare(""), CheckStatus.Unknown, "neither vmx nor svm"),
        new KvmRow("flags not known", Bare("") with { Host = SomeKvm.Sound.Host with { LoadedModules = Some.List<string>(), VirtualizationFlag = Some.Missing<string>() } }, CheckStatus.Unknown, "firmware"),
        new KvmRow("what the kernel said", Bare("vmx") with { Host = SomeKvm.Sound.Host with { LoadedModules = Some.List<string>(), KernelMessages = Some.List("kvm: disabled by bios") } }, CheckStatus.Unknown, "the kernel said: kvm: disabled by bios"),
        new KvmRow("a container without the device", SomeKvm.Without(FactState.Missing, "/dev/kvm: No such file or directory"), CheckStatus.Unknown, "container"),
        new KvmRow("another architecture", Bare("") with { Host = new() { Architecture = Some.Known("aarch64") } }, CheckStatus.Unknown, "mode"),
        new KvmRow("not of the group", SomeKvm.Without(FactState.Denied, "/dev/kvm: Permission denied"), CheckStatus.Unknown, "usermod -aG kvm USER"),
        new KvmRow("of root only", SomeKvm.Without(FactState.Denied, "/dev/kvm: Permission denied") with { DeviceGroup = Some.Known("root") }, CheckStatus.Unknown, "run this as root"),
        new KvmRow("/dev/null", SomeKvm.Without(FactState.Unsupported, "KVM answered api-version with ENOTTY", "/dev/null"), CheckStatus.Unknown, "/dev/null is not KVM's device"),
        new KvmRow("a path that is not there", SomeKvm.Without(FactState.Missing, "/x: No such file or directory", "/x"), CheckStatus.Unknown, "give KVM's device"),
        new KvmRow("a directory", SomeKvm.Without(FactState.Failed, "/tmp: Is a directory", "/tmp"), CheckStatus.Unknown, "could not be asked"),
        new KvmRow("held by another hypervisor", SomeKvm.With(k => k with { MakesMachines = Some.Not<bool>(FactState.Failed, "KVM answered create-vm with EBUSY Device or resource busy") }), CheckStatus.Unknown, "another hypervisor"),
        new KvmRow("makes none", SomeKvm.With(k => k with { MakesMachines = Some.Not<bool>(FactState.Failed, "KVM answered create-vm with ENOMEM") }), CheckStatus.Unknown, "dmesg"),
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Judges(KvmRow row) => Holds(row);

    private static KvmEvidence Bare(string flag) => SomeKvm.Without(FactState.Missing, "/dev/kvm: No such file or directory") with
    {
        Host = SomeKvm.Sound.Host with { LoadedModules = Some.List<string>(), VirtualizationFlag = Some.Known(flag) },
    };
}
