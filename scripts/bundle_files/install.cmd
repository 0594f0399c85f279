@echo off
rem install.cmd FOLDER: installs from this folder alone; without FOLDER (a double click) it asks for one.
setlocal DisableDelayedExpansion
if not exist "%~dp0install.py" goto packed
py -@PYTHON@ -c "" >nul 2>nul
if errorlevel 1 goto plain
py -@PYTHON@ "%~dp0install.py" %*
exit /b %errorlevel%
:plain
python -c "import sys; sys.exit(sys.version_info[:2] != @TUPLE@)" >nul 2>nul
if errorlevel 1 goto none
python "%~dp0install.py" %*
exit /b %errorlevel%
:none
rem in Chinese where the console shows it: the file is in its code page, which this one must not be in
chcp | find "936" >nul && type "%~dp0no-python.txt" 1>&2
echo Python @PYTHON@ (64-bit) is needed: install it first, then run this again. 1>&2
goto failed
:packed
echo Unpack the whole .zip first, then run this again in the folder it makes. 1>&2
:failed
if "%~1"=="" pause
exit /b 1
