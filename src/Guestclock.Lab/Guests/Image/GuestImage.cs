namespace Guestclock.Lab.Guests.Image;

/// <summary>Makes the initramfs of a guest: a small Debian of a package tree's files.</summary>
internal sealed class GuestImage
{
    private const string Libraries = "usr/lib/x86_64-linux-gnu";
    private readonly string _tree;
    private readonly string _release;
    private readonly GuestVariant _variant;
    private readonly CpioWriter _cpio;

    private GuestImage(string tree, GuestVariant variant, CpioWriter cpio)
    {
        _tree = tree;
        _release = Directory.EnumerateDirectories(Path.Combine(tree, "usr/lib/modules")).Select(path => Path.GetFileName(path)).Single();
        _variant = variant;
        _cpio = cpio;
    }

    /// <summary>Writes the image to a file.</summary>
    /// <param name="tree">The unpacked packages.</param>
    /// <returns>The kernel that belongs to it.</returns>
    public static string Write(string path, string tree, GuestVariant variant)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        var image = new GuestImage(tree, variant, new CpioWriter(file));
        image.Write();
        string[] kernels = [$"boot/vmlinuz-{image._release}", $"usr/lib/modules/{image._release}/vmlinuz"];
        return kernels.Select(kernel => Path.Combine(tree, kernel)).First(File.Exists);
    }

    private void Write()
    {
        AddSkeleton();
        AddProgram("usr/bin/busybox");
        AddProgram("usr/bin/kmod");
        AddProgram("usr/sbin/hwclock");
        AddModules();
        if (_variant.PtpCard)
            AddProgram("usr/sbin/phc_ctl");
        if (_variant.Chrony)
            AddChrony();
        if (_variant.Agent || _variant.Referee)
            AddAgent();
        if (_variant.Program is { } program)
        {
            var content = File.ReadAllBytes(program);
            _cpio.AddFile("usr/bin/guestclock", content, executable: true);
            AddLibraries(content);
        }
        _cpio.Finish();
    }

    private void AddSkeleton()
    {
        foreach (var folder in (string[])["bin", "sbin", "lib", "lib64"])
            _cpio.AddLink(folder, "usr/" + folder);
        foreach (var folder in (string[])["dev", "proc", "sys", "run", "tmp", "root", "var/log", "usr/sbin"])
            _cpio.AddFolder(folder);
        _cpio.AddLink("var/run", "/run");
        _cpio.AddLink("init", "usr/bin/busybox");
        _cpio.AddLink("usr/lib64/ld-linux-x86-64.so.2", $"/{Libraries}/ld-linux-x86-64.so.2");
        AddLibrary("ld-linux-x86-64.so.2");
        foreach (var name in (string[])["modprobe", "insmod", "lsmod"])
            _cpio.AddLink("usr/sbin/" + name, "../bin/kmod");
        Copy("usr/lib/os-release");
        _cpio.AddLink("etc/os-release", "../usr/lib/os-release");
        Copy("etc/debian_version");
        _cpio.AddText("etc/hostname", "guest\n");
        _cpio.AddText("etc/hosts", "127.0.0.1 localhost guest\n");
        _cpio.AddText("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n_chrony:x:101:101:Chrony daemon:/var/lib/chrony:/usr/sbin/nologin\n");
        _cpio.AddText("etc/group", "root:x:0:\n_chrony:x:101:\n");
        _cpio.AddFile("etc/inittab", LabScript.GuestInit);
        _cpio.AddFile("etc/init.d/rcS", LabScript.GuestStart, executable: true);
        _cpio.AddFile("usr/lib/guestclock-lab/channel", LabScript.GuestChannel, executable: true);
    }

    private void AddModules()
    {
        var folder = "usr/lib/modules/" + _release;
        foreach (var index in Directory.EnumerateFiles(Path.Combine(_tree, folder), "modules.*"))
            Copy($"{folder}/{Path.GetFileName(index)}");
        foreach (var config in (string[])["boot/config-" + _release, folder + "/config"])
        {
            if (File.Exists(Path.Combine(_tree, config)))
                Copy(config);
        }
        string[] wanted = ["virtio_pci", "virtio_console", "virtio_net", "ptp_kvm", "ptp_vmclock"];
        var modules = ModuleIndex.Read(Path.Combine(_tree, folder, "modules.dep"));
        foreach (var path in modules.WithDependencies([.. wanted, .. _variant.Modules]))
            Copy($"{folder}/{path}");
        if (_variant.Modules.Count > 0)
            _cpio.AddText("etc/modules-load.d/guestclock-tests.conf", string.Join('\n', _variant.Modules) + "\n");
    }

    private void AddChrony()
    {
        AddProgram("usr/sbin/chronyd");
        AddProgram("usr/bin/chronyc");
        Copy("etc/default/chrony");
        AddService("chrony");
        _cpio.AddLink("etc/systemd/system/chronyd.service", "/lib/systemd/system/chrony.service");
        _cpio.AddLink("etc/systemd/system/multi-user.target.wants/chrony.service", "/lib/systemd/system/chrony.service");
        // Debian's own configuration, without the servers of the internet.
        var stock = File.ReadLines(Path.Combine(_tree, "usr/share/chrony/chrony.conf"));
        var kept = stock.Where(line => !line.StartsWith("pool ", StringComparison.Ordinal));
        if (_variant.MakeStep is { } makeStep)
            kept = kept.Select(line => line.StartsWith("makestep ", StringComparison.Ordinal) ? $"makestep {makeStep}" : line);
        _cpio.AddText("etc/chrony/chrony.conf", string.Join('\n', kept) + "\n");
        _cpio.AddText("etc/chrony/chrony.keys", "");
        _cpio.AddFolder("etc/chrony/conf.d");
        _cpio.AddFolder("etc/chrony/sources.d");
        if (_variant.ServerPort is { } port)
            _cpio.AddText("etc/chrony/sources.d/host.sources", $"server 10.0.2.2 port {port} {_variant.ServerOptions}\n");
        foreach (var leapSeconds in (string[])["usr/share/zoneinfo/right/UTC", "usr/share/zoneinfo/leap-seconds.list"])
        {
            if (File.Exists(Path.Combine(_tree, leapSeconds)))
                Copy(leapSeconds);
        }
    }

    private void AddAgent()
    {
        AddProgram("usr/sbin/qemu-ga");
        AddService("qemu-guest-agent");
        Copy("usr/lib/udev/rules.d/60-qemu-guest-agent.rules");
    }

    private void AddService(string name) => Copy($"usr/lib/systemd/system/{name}.service");

    private void AddProgram(string path)
    {
        var content = File.ReadAllBytes(Path.Combine(_tree, path));
        _cpio.AddFile(path, content, executable: true);
        AddLibraries(content);
    }

    private void AddLibraries(ReadOnlySpan<byte> program)
    {
        foreach (var name in ElfFile.Needed(program))
            AddLibrary(name);
    }

    private void AddLibrary(string name)
    {
        var content = File.ReadAllBytes(Path.Combine(_tree, Libraries, name));
        if (_cpio.AddFile($"{Libraries}/{name}", content, executable: true))
            AddLibraries(content);
    }

    private void Copy(string path) => _cpio.AddFile(path, File.ReadAllBytes(Path.Combine(_tree, path)));
}
