using Guestclock.Formats.Editing;

namespace Guestclock.Linux.Tests.Fixing;

/// <summary>What was edited, read by those who read it in earnest: Python, as xm did, and the parser of xl (libxlutil, which needs no Xen).</summary>
public class XlConfigReadersTests
{
    private const string Xm = "import sys; g = {}; exec(open(sys.argv[1]).read(), g); print(g['tsc_mode'])";

    private const string Xl = """
        import ctypes, glob, os, sys
        folders = os.environ.get('LD_LIBRARY_PATH', '').split(':') + glob.glob('/usr/lib*') + glob.glob('/usr/lib/*-linux-gnu')
        found = sorted(f for d in folders for f in glob.glob(d + '/libxlutil.so.4.*'))
        if not found:
            sys.exit('no libxlutil')
        xl, c = ctypes.CDLL(found[-1]), ctypes.CDLL(None)
        c.fdopen.restype = xl.xlu_cfg_init.restype = ctypes.c_void_p
        cfg = ctypes.c_void_p(xl.xlu_cfg_init(ctypes.c_void_p(c.fdopen(1, b'w')), b'web'))
        data = open(sys.argv[1], 'rb').read()
        text = ctypes.c_char_p()
        if xl.xlu_cfg_readdata(cfg, data, len(data)) != 0 or xl.xlu_cfg_get_string(cfg, b'tsc_mode', ctypes.byref(text), 0) != 0:
            sys.exit(1)
        print(text.value.decode())
        """;

    [Theory]
    [InlineData("tsc_mode = 3   # why\n", "0")]
    [InlineData("tsc_mode = 3   # why\n", "default")]
    [InlineData("name='web'; tsc_mode=\"native\"; vcpus=2\n", "default")]
    [InlineData("vif = [ 'ip=10.0.0.2', # ] here\n ]\ntsc_mode='2'\n", "native")]
    [InlineData("tsc_mode=1\n# tsc_mode=2\ntsc_mode=2", "always_emulate")]
    public void The_edited_mode_is_what_was_wanted(string text, string value)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed");
        using var folder = new TempTree();
        folder.File("/web.cfg", XlConfigEditor.Set(text, "tsc_mode", value));
        Assert.Equal(value, TempTree.Run("python3", "-c", Xm, folder.At("/web.cfg")).Trim());
        var xl = TempTree.Run("sh", "-c", "python3 -c \"$1\" \"$2\" 2>&1", "sh", Xl, folder.At("/web.cfg")).Trim();
        Assert.SkipWhen(xl == "no libxlutil", "libxlutil is not installed (package libxenmisc4.17)");
        Assert.Equal(value, xl);
    }
}
